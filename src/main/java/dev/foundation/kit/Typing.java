package dev.foundation.kit;

import dev.foundation.kit.PaperSecret.Cut;
import dev.foundation.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One secret of the sheet while it is typed back, line by line. A line that is wrong is refused and may be typed again. */
public final class Typing {
    private final String name;
    private final List<String> lines = new ArrayList<>();
    private Cut cut = Cut.GROUPS;
    private boolean whole;

    /** @param name as on the sheet */
    public Typing(String name) {
        this.name = name;
    }

    /** The line that is wanted next, from 1. */
    public int number() {
        return lines.size() + 1;
    }

    /** All lines are there. */
    public boolean whole() {
        return whole;
    }

    /**
     * Takes a line of the sheet: its groups, and its check letters at the end.
     *
     * @throws MistypedException if the check letters are not those of the line; it was not taken
     */
    public void add(String typed) throws MistypedException {
        if (whole) {
            throw new IllegalStateException("the last line was typed already");
        }
        String line = typed.strip();
        int space = lastSpace(line);
        if (space < 0) {
            throw new MistypedException(name, number(), "the four check letters at its end are missing");
        }
        // The sheet prints the check letters in brackets, and so some people type them.
        String check = line.substring(space + 1).replaceAll("^\\[|]$", "").toLowerCase(Locale.ROOT);
        String text = line.substring(0, space).strip();
        Optional<Match> match = match(text, check, number());
        if (match.isEmpty()) {
            throw new MistypedException(name, number(), reason(text, check));
        }
        lines.add(match.get().bare());
        cut = match.get().cut();
        whole = match.get().last();
    }

    /** @throws IllegalStateException before the last line */
    public Secret<String> value() {
        if (!whole) {
            throw new IllegalStateException("not all lines were typed");
        }
        return Secret.of(String.join(cut.between(), lines));
    }

    private record Match(Cut cut, boolean last, String bare) {}

    private Optional<Match> match(String text, String check, int number) {
        for (Cut each : lines.isEmpty() ? List.of(Cut.values()) : List.of(cut)) {
            // Words with more than one space between them are rare, but then the spaces count.
            List<String> readings = each == Cut.GROUPS
                    ? List.of(text.replaceAll("\\s", ""))
                    : List.of(text, text.replaceAll("\\s+", " "));
            for (String bare : readings) {
                for (boolean last : new boolean[] {false, true}) {
                    if (PaperSecret.check(name, number, last, each, bare).equals(check)) {
                        return Optional.of(new Match(each, last, bare));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private String reason(String text, String check) {
        for (int other = 1; other <= PaperSecret.MOST_LINES; other++) {
            if (other != number() && match(text, check, other).isPresent()) {
                return "what was typed is line " + other;
            }
        }
        return "its check letters do not belong to what was typed";
    }

    private static int lastSpace(String line) {
        return Math.max(line.lastIndexOf(' '), line.lastIndexOf('\t'));
    }

    @Override
    public String toString() {
        return "(the " + name + ", while it is typed)";
    }
}
