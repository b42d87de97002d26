package dev.foundation.verify;

import dev.foundation.bundle.BundleId;
import java.util.List;

/**
 * What an integrity check saw.
 *
 * @param whole points of which every object and every listed blob was read in this run and found as sealed, at every place that has them, as far as
 *     the places answered; by name
 * @param unanswered names of the places that could not be asked, or that stopped to answer: what they hold is not known
 * @param bytes read and held against a seal
 * @param objects likewise
 */
public record IntegrityReport(
        List<Finding> findings, List<BundleId> whole, List<String> unanswered, long bytes, long objects) {
    public IntegrityReport {
        findings = List.copyOf(findings);
        whole = List.copyOf(whole);
        unanswered = List.copyOf(unanswered);
    }

    /** Whether anything is of this severity or worse. */
    public boolean has(Severity severity) {
        return findings.stream().anyMatch(each -> each.severity().compareTo(severity) >= 0);
    }
}
