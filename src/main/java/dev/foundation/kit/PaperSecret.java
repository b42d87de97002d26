package dev.foundation.kit;

import dev.foundation.secret.Secret;
import dev.foundation.stream.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A secret as it stands on paper: numbered lines of short groups, each line with a check of four letters, so that a typing error is found where it was
 * made. A secret with spaces in it is cut between words, any other into groups of four characters, and then spaces mean nothing.
 *
 * @param name what it is called on the sheet and while it is typed, such as {@code identity}
 */
public record PaperSecret(String name, Secret<String> value) {
    static final int MOST_LINES = 64;

    private static final int WORDS = 4;
    private static final int GROUP = 4;
    private static final int GROUPS = 5;
    /** Without i, l and o, which look like digits on paper. */
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz";

    /** How the secret was cut. */
    enum Cut {
        WORDS(" "),
        GROUPS("");

        private final String between;

        Cut(String between) {
            this.between = between;
        }

        /** What stood between two lines. */
        String between() {
            return between;
        }
    }

    /**
     * @param text the groups, with a space between them
     * @param check four letters
     */
    record Line(String text, String check) {
        @Override
        public String toString() {
            return "(a line of a secret)";
        }
    }

    public PaperSecret {
        String text = value.expose();
        if (text.isEmpty() || !text.equals(text.strip()) || text.lines().count() != 1) {
            throw new IllegalArgumentException("the " + name
                    + " is empty, has white space around it, or more than one line: it cannot be printed");
        }
    }

    List<Line> lines() {
        String text = value.expose();
        Cut cut = text.contains(" ") ? Cut.WORDS : Cut.GROUPS;
        List<String> groups = cut == Cut.WORDS ? List.of(text.split(" ", -1)) : groups(text);
        int width = cut == Cut.WORDS ? WORDS : GROUPS;
        List<Line> lines = new ArrayList<>();
        for (int from = 0; from < groups.size(); from += width) {
            int to = Math.min(groups.size(), from + width);
            List<String> some = groups.subList(from, to);
            String bare = String.join(cut.between(), some);
            lines.add(new Line(String.join(" ", some), check(name, lines.size() + 1, to == groups.size(), cut, bare)));
        }
        return lines;
    }

    /** By characters, not by their halves. */
    private static List<String> groups(String text) {
        int[] characters = text.codePoints().toArray();
        List<String> groups = new ArrayList<>();
        for (int from = 0; from < characters.length; from += GROUP) {
            groups.add(new String(characters, from, Math.min(GROUP, characters.length - from)));
        }
        return groups;
    }

    /** Says nothing that helps to guess the line: 18 bits of a digest, on the paper that holds the line itself. */
    static String check(String name, int number, boolean last, Cut cut, String bare) {
        String whole = String.join("\n", name, String.valueOf(number), String.valueOf(last), cut.name(), bare);
        BigInteger digest =
                new BigInteger(Sha256.of(whole.getBytes(StandardCharsets.UTF_8)).hex(), 16);
        StringBuilder letters = new StringBuilder();
        BigInteger base = BigInteger.valueOf(LETTERS.length());
        for (int i = 0; i < 4; i++) {
            BigInteger[] parts = digest.divideAndRemainder(base);
            letters.append(LETTERS.charAt(parts[1].intValue()));
            digest = parts[0];
        }
        return letters.toString();
    }
}
