package dev.foundation.bench;

import dev.foundation.bench.Bench.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The heap that one artifact takes on its way, small and ten times as large, in a JVM as the agent's. */
final class MemoryFigures {
    private MemoryFigures() {}

    static void print(Setting setting) throws IOException, InterruptedException {
        setting.report()
                .say(
                        "\nmemory: peak of the heap with the agent's flags, streaming to the sink (goal: below 256 MB, the same within 10 %)");
        for (String packer : List.of("zstd", "gzip")) {
            List<Double> peaks = new ArrayList<>();
            for (long size :
                    new long[] {setting.options().soak() / 10, setting.options().soak()}) {
                var folder = Files.createDirectories(setting.fast().resolve("memory"));
                try (LocalS3 sink = LocalS3.start(LocalS3.Kind.SINK, setting.tools(), folder);
                        Child child = BackupFigures.engine(sink, Child.AGENTS)) {
                    System.err.println("memory: " + packer + " of " + size / 1_000_000 + " MB");
                    double[] numbers = child.ask(packer, size, "memory/" + packer + size);
                    peaks.add(numbers[3] / 1e6);
                    setting.report()
                            .say(String.format(
                                    Locale.ROOT,
                                    "  %s %8.0f MB: peak of the heap %.0f MB, live after a collection %.0f MB, resident in all %.0f MB, in %.1f s",
                                    packer,
                                    size / 1e6,
                                    numbers[3] / 1e6,
                                    numbers[4] / 1e6,
                                    child.residentPeak() / 1e6,
                                    numbers[0]));
                }
            }
            setting.report()
                    .say(String.format(
                            Locale.ROOT,
                            "  %s: ten times as much takes %.2f times the heap",
                            packer,
                            peaks.get(1) / peaks.get(0)));
        }
    }
}
