package dev.foundation.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What to do when nothing runs: paragraphs and blocks of commands. One text, {@code run-book.md}, which {@code docs/recovery.md} holds too; a test
 * executes its commands.
 *
 * @param parts in order
 */
record RunBook(List<Part> parts) {
    private static final String FENCE = "```";

    /**
     * @param text a paragraph on one line, with {@code `code`} and {@code **strong**}; or lines of commands
     * @param commands whether it is a block of commands
     */
    record Part(String text, boolean commands) {}

    RunBook {
        parts = List.copyOf(parts);
    }

    static RunBook read() {
        return of(text());
    }

    static String text() {
        try (InputStream in = RunBook.class.getResourceAsStream("run-book.md")) {
            if (in == null) {
                throw new IllegalStateException("the run book is missing from this program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the run book cannot be read from this program", e);
        }
    }

    static RunBook of(String markdown) {
        List<Part> parts = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        boolean commands = false;
        for (String line : markdown.lines().toList()) {
            boolean fence = line.startsWith(FENCE);
            if (fence || (!commands && line.isBlank())) {
                add(parts, lines, commands);
                commands ^= fence;
            } else {
                lines.add(line);
            }
        }
        add(parts, lines, commands);
        return new RunBook(parts);
    }

    private static void add(List<Part> parts, List<String> lines, boolean commands) {
        if (!lines.isEmpty()) {
            parts.add(new Part(String.join(commands ? "\n" : " ", lines), commands));
            lines.clear();
        }
    }
}
