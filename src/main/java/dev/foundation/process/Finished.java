package dev.foundation.process;

import java.nio.charset.StandardCharsets;

/** A child that ended by itself. Its output may hold secrets: callers decide what of it may be shown. */
public record Finished(int exit, byte[] output, String errors) {
    public boolean ok() {
        return exit == 0;
    }

    /** Standard output as UTF-8, without white space at its ends. */
    public String text() {
        return new String(output, StandardCharsets.UTF_8).strip();
    }

    @Override
    public String toString() {
        return "exit " + exit + ", " + output.length + " bytes";
    }
}
