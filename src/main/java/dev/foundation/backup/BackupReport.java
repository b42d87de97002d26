package dev.foundation.backup;

import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.event.RunEvent.Verdict;
import dev.foundation.retention.RunFacts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param seal of the point, if one was sealed anywhere
 * @param sealedAt names of the places that have it
 * @param problems what went wrong or was odd, each a sentence
 * @param facts what the run found, to hold later ones against; empty if no point came of it
 * @param sizes sealed bytes by artifact
 * @param durations by artifact
 * @param sent bytes of blobs sent, and how many were there already: by no place in particular
 */
public record BackupReport(
        BundleId point,
        Verdict verdict,
        Optional<SignedSeal> seal,
        List<String> sealedAt,
        List<String> problems,
        Optional<RunFacts> facts,
        Map<String, Long> sizes,
        Map<String, Duration> durations,
        long sent,
        long saved) {
    public BackupReport {
        sealedAt = List.copyOf(sealedAt);
        problems = List.copyOf(problems);
        sizes = Map.copyOf(sizes);
        durations = Map.copyOf(durations);
    }
}
