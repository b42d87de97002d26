package dev.foundation.drill;

import dev.foundation.bundle.BundleException;
import dev.foundation.proof.Evidence;
import dev.foundation.seal.SealException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The drills of this host, oldest first: what each step took beside what it took before. Evidence that none of our keys signed is passed over. */
public final class Drills {
    /** So many are compared. */
    private static final int LAST = 5;

    private static final String PAPER = ", from the recovery sheet";

    private final List<Evidence> all;
    private final List<Evidence> before;

    private Drills(List<Evidence> all) {
        this.all = List.copyOf(all);
        this.before = this.all.subList(Math.max(0, all.size() - LAST), all.size());
    }

    /** What evidence says of where it was restored. @param paper whether the recovery sheet was typed in */
    public static String place(String host, boolean paper) {
        return host + ", in a second Docker Engine" + (paper ? PAPER : "");
    }

    /** The last drill whose checks were all green. @param paper of those that began with the sheet only */
    public Optional<Evidence> lastGreen(boolean paper) {
        return all.reversed().stream()
                .filter(each -> each.verdict() == Evidence.Verdict.GREEN)
                .filter(each -> !paper || each.host().endsWith(PAPER))
                .findFirst();
    }

    /** @param folder that may not be there yet. @param publicKeys whose signatures are believed */
    public static Drills in(Path folder, List<String> publicKeys) throws IOException {
        if (!Files.isDirectory(folder)) {
            return new Drills(List.of());
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(each -> each.toString().endsWith(".json")).toList();
        }
        List<Evidence> found = new ArrayList<>();
        for (Path each : files) {
            Path signature = each.resolveSibling(each.getFileName() + ".sig");
            if (!Files.exists(signature)) {
                continue;
            }
            try {
                found.add(Evidence.proved(Files.readAllBytes(each), Files.readString(signature), publicKeys));
            } catch (SealException | BundleException e) {
                // Not ours: it is no measure.
            }
        }
        found.sort(Comparator.comparing(Evidence::ended));
        return new Drills(found);
    }

    /** A Markdown table: each step now, in the last drill, and its median over the last {@value #LAST}. Empty if there was none before. */
    public String compared(Evidence now) {
        if (before.isEmpty()) {
            return "";
        }
        var out = new StringBuilder("## Beside the last drills\n\n| step | now | last | median of " + before.size()
                + " |\n| --- | --- | --- | --- |\n");
        for (Evidence.Step each : now.steps()) {
            row(out, each.name(), each.took(), times(each.name()));
        }
        row(out, "all", now.rto(), before.stream().map(Evidence::rto).toList());
        return out.toString();
    }

    private List<Duration> times(String step) {
        return before.stream()
                .flatMap(each -> each.steps().stream()
                        .filter(old -> old.name().equals(step))
                        .limit(1))
                .map(Evidence.Step::took)
                .toList();
    }

    private static void row(StringBuilder out, String name, Duration now, List<Duration> before) {
        Optional<Duration> last = before.isEmpty() ? Optional.empty() : Optional.of(before.getLast());
        out.append("| ").append(name).append(" | ").append(seconds(now)).append(" | ");
        out.append(last.map(Drills::seconds).orElse("-")).append(" | ");
        out.append(before.isEmpty() ? "-" : seconds(median(before))).append(" |\n");
    }

    private static Duration median(List<Duration> all) {
        List<Duration> sorted = all.stream().sorted().toList();
        return sorted.get((sorted.size() - 1) / 2);
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }
}
