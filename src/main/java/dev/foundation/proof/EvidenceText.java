package dev.foundation.proof;

import dev.foundation.verify.Severity;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Evidence as Markdown. What came from elsewhere is put on one line and cannot make a table of its own. */
final class EvidenceText {
    private EvidenceText() {}

    static String markdown(Evidence evidence) {
        var out = new StringBuilder();
        out.append("# Proof of recovery point ")
                .append(evidence.point())
                .append(": ")
                .append(evidence.verdict());
        out.append("\n\n| | |\n| --- | --- |\n");
        row(out, "instance", evidence.instance());
        row(out, "sequence", evidence.sequence() + ", epoch " + evidence.epoch());
        row(out, "restored on", evidence.host());
        row(out, "started", evidence.started().toString());
        row(out, "ended", evidence.ended().toString());
        row(out, "the point's age (RPO)", words(evidence.rpo()));
        row(out, "restored in (RTO)", words(evidence.rto()));
        for (Map.Entry<String, String> each : new TreeMap<>(evidence.versions()).entrySet()) {
            row(out, each.getKey(), each.getValue());
        }
        if (!evidence.steps().isEmpty()) {
            out.append("\n## Steps\n\n| step | took |\n| --- | --- |\n");
            evidence.steps().forEach(each -> row(out, each.name(), words(each.took())));
        }
        out.append("\n## Checks\n\n| check | | looked at | took |\n| --- | --- | --- | --- |\n");
        for (CheckResult each : evidence.checks()) {
            out.append("| ").append(each.name()).append(" | ").append(each.good() ? "green" : "RED");
            out.append(" | ")
                    .append(each.looked())
                    .append(" | ")
                    .append(words(each.took()))
                    .append(" |\n");
        }
        evidence.missing().forEach(each -> out.append("| ").append(each).append(" | RED: not run | 0 | |\n"));
        var seen = new StringBuilder();
        evidence.problems()
                .forEach(each -> seen.append("- ERROR: ").append(text(each)).append('\n'));
        for (CheckResult check : evidence.checks()) {
            for (ProofFinding each : check.findings()) {
                seen.append("- ").append(each.severity() == Severity.INFO ? "" : each.severity() + ": ");
                seen.append(check.name())
                        .append(' ')
                        .append(text(each.subject()))
                        .append(": ");
                seen.append(text(each.message())).append('\n');
            }
        }
        if (!seen.isEmpty()) {
            out.append("\n## Findings\n\n").append(seen);
        }
        return out.toString();
    }

    private static void row(StringBuilder out, String name, String value) {
        out.append("| ").append(text(name)).append(" | ").append(text(value)).append(" |\n");
    }

    private static String text(String foreign) {
        return foreign.replaceAll("[\\p{Cntrl}]+", " ")
                .replace("\\", "\\\\")
                .replaceAll("([|`<>*\\[\\]])", "\\\\$1")
                .strip();
    }

    private static String words(Duration duration) {
        return duration.toMinutes() >= 120
                ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
                : duration.toSeconds() >= 120
                        ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                        : duration.toMillis() / 1000.0 + " s";
    }
}
