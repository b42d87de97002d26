package dev.foundation.cli;

import java.util.ArrayList;
import java.util.List;

/** Sentences on a screen of 80 columns. */
final class Wrapped {
    static final int WIDTH = 80;

    private Wrapped() {}

    /** @param first before the first line; those after it are indented as far */
    static List<String> lines(String first, String text) {
        List<String> lines = new ArrayList<>();
        String indent = " ".repeat(first.length());
        var line = new StringBuilder(first);
        boolean empty = true;
        for (String word : text.strip().split("\\s+", -1)) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(indent);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString());
        return lines;
    }
}
