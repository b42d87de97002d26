package dev.foundation.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time from {@code /proc}: what Java's own beans leave out are the children, and of them tar matters. */
final class Cpu {
    /** {@code sysconf(_SC_CLK_TCK)}, 100 on every Linux of today. */
    private static final double TICKS = 100;

    private Cpu() {}

    /** Seconds of this process and of its children that have ended. */
    static double seconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        // Fields 14 to 17 of proc(5), counted from the one after the name, which is the third.
        long ticks = 0;
        for (int i = 11; i <= 14; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks / TICKS;
    }
}
