package dev.foundation.cli;

import dev.foundation.secret.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;

/**
 * Where a command speaks.
 *
 * @param out answers; scripts read it
 * @param err progress and errors
 * @param in what a person types
 * @param interactive a person sits at both ends
 * @param colour colours may be used
 */
public record Terminal(PrintStream out, PrintStream err, BufferedReader in, boolean interactive, boolean colour) {

    /** The process's own streams; colours only at a terminal, and never where {@code NO_COLOR} is set (no-color.org). */
    public static Terminal ofProcess(Map<String, String> environment) {
        var console = System.console();
        boolean interactive = console != null && console.isTerminal();
        boolean colour = interactive
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
        var in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        return new Terminal(System.out, System.err, in, interactive, colour);
    }

    /** The line that a person typed, without white space around it; empty at the end of input. */
    String readLine() throws IOException {
        String line = in.readLine();
        return line == null ? "" : line.strip();
    }

    /** A line that is not shown while it is typed; without a terminal, the next line of standard input. Empty at the end of input. */
    Secret<String> readSecret(String prompt) throws IOException {
        return Secret.of(hidden(prompt).orElse(""));
    }

    /**
     * As {@link #readSecret}, but it must be there.
     *
     * @throws IOException if the input has ended
     */
    String readSecretLine(String prompt) throws IOException {
        return hidden(prompt)
                .orElseThrow(() -> new IOException("the input ended where this was wanted: " + prompt.strip()));
    }

    private Optional<String> hidden(String prompt) throws IOException {
        var console = System.console();
        if (interactive && console != null && console.isTerminal()) {
            return Optional.ofNullable(console.readPassword("%s", prompt))
                    .map(String::new)
                    .map(String::strip);
        }
        return Optional.ofNullable(in.readLine()).map(String::strip);
    }

    String good(String text) {
        return paint("32", text);
    }

    String bad(String text) {
        return paint("31", text);
    }

    String strong(String text) {
        return paint("1", text);
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
