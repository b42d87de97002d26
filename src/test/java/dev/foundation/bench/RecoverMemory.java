package dev.foundation.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The most memory that the JVMs of a recovery held, as the kernel counts it (VmHWM of proc(5)); megabytes. */
final class RecoverMemory {
    private static final int GOAL = 512;
    private static final List<String> WHO =
            List.of("reading and copying the point", "restoring, one after the other", "restoring all three at once");

    private final double[] most = new double[WHO.size()];

    void reading(Child child) throws IOException {
        remember(0, child);
    }

    void restoring(Child child) throws IOException {
        remember(1, child);
    }

    void atOnce(Child child) throws IOException {
        remember(2, child);
    }

    private void remember(int which, Child child) throws IOException {
        most[which] = Math.max(most[which], child.residentPeak() / 1e6);
    }

    /** @param small the same for a tenth of the content */
    void print(Report report, RecoverMemory small) {
        report.say(
                "\nrecover: the most memory that the JVM ever held (VmHWM: heap, code, threads, libraries; psql and tar are"
                        + " processes of their own, and Pulumi's gRPC is not loaded)");
        double all = 0;
        for (int i = 0; i < most.length; i++) {
            all = Math.max(all, Math.max(small.most[i], most[i]));
            report.say(String.format(
                    Locale.ROOT,
                    "  %-34s %5.0f MB for a tenth, %5.0f MB for the whole: %.2f times",
                    WHO.get(i),
                    small.most[i],
                    most[i],
                    most[i] / small.most[i]));
        }
        report.say(String.format(Locale.ROOT, "  at most %.0f MB (goal below %d MB at any size)", all, GOAL));
    }
}
