package dev.foundation.artifact;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a restore writes where it works before it changes anything there, and again when it is done. By it a run that was stopped is known
 * and done again, a finished one is left alone, and everything else is refused.
 *
 * @param instance the foundation's id
 * @param point such as {@code 20261121T030000Z}
 */
public record RestoreMark(String instance, String point) {
    private static final Pattern FORM =
            Pattern.compile("foundation restore of ([0-9TZ]+) of ([0-9a-f-]{36}): (begun|finished)\\s*");

    /** What was found where a restore is to work. */
    public enum Found {
        /** No mark: it must be empty. */
        NOTHING,
        /** This very restore, stopped half-way. */
        BEGUN,
        /** This very restore, done. */
        FINISHED
    }

    public RestoreMark {
        if (!FORM.matcher("foundation restore of " + point + " of " + instance + ": begun")
                .matches()) {
            throw new IllegalArgumentException(
                    "a mark needs an instance id and a point, not " + instance + " and " + point);
        }
    }

    public String begun() {
        return text("begun");
    }

    public String finished() {
        return text("finished");
    }

    private String text(String state) {
        return "foundation restore of " + point + " of " + instance + ": " + state;
    }

    /**
     * @param text what lies where the mark would be; empty if nothing does
     * @param place for the message, such as {@code volume x}
     * @throws IOException if it is another restore's mark, or none at all
     */
    public Found read(Optional<String> text, String place) throws IOException {
        if (text.isEmpty()) {
            return Found.NOTHING;
        }
        Matcher found = FORM.matcher(text.get());
        if (!found.matches()) {
            throw new IOException(
                    place + " holds a restore's mark that is damaged: nothing was touched. Give an empty one");
        }
        if (!found.group(1).equals(point) || !found.group(2).equals(instance)) {
            throw new IOException(place + " holds what was restored from the point " + found.group(1) + " of "
                    + found.group(2) + " (" + found.group(3) + "), and " + point + " of " + instance
                    + " is asked for: nothing was touched. Give an empty one, or ask for that point");
        }
        return found.group(3).equals("finished") ? Found.FINISHED : Found.BEGUN;
    }

    /** Why a place without a mark is refused. */
    public static IOException occupied(String place, String by) {
        return new IOException(place + " is not empty (" + by + "), and it is no restore that was stopped: nothing was"
                + " touched. A restore goes into a fresh one only. Remove what is there yourself if nobody needs it");
    }
}
