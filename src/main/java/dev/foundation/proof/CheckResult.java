package dev.foundation.proof;

import dev.foundation.verify.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a check ended.
 *
 * @param looked how many subjects it looked at
 */
public record CheckResult(CheckName name, long looked, Duration took, List<ProofFinding> findings) {
    private static final int SHOWN = 100;

    public CheckResult {
        if (looked < 0 || took.isNegative()) {
            throw new IllegalArgumentException("a check looks at something, and takes its time");
        }
        findings = List.copyOf(findings);
    }

    /** A check that looked at nothing proves nothing, whatever it says. */
    static CheckResult of(CheckName name, Looked looked, Duration took) {
        List<ProofFinding> all = looked.findings().stream()
                .sorted((a, b) -> b.severity().compareTo(a.severity()))
                .toList();
        List<ProofFinding> kept = new ArrayList<>(all.subList(0, Math.min(SHOWN, all.size())));
        if (all.size() > SHOWN) {
            kept.add(new ProofFinding(
                    all.get(SHOWN).severity(), "", (all.size() - SHOWN) + " more findings; " + SHOWN + " are named"));
        }
        if (looked.subjects() <= 0) {
            kept.add(ProofFinding.error("", "nothing was looked at, and so nothing is proved"));
        }
        return new CheckResult(name, Math.max(0, looked.subjects()), took, kept);
    }

    static CheckResult failed(CheckName name, String why, Duration took) {
        return new CheckResult(name, 0, took, List.of(ProofFinding.error("", why)));
    }

    public boolean good() {
        return looked > 0 && findings.stream().noneMatch(each -> each.severity() == Severity.ERROR);
    }
}
