package dev.foundation.retention;

import dev.foundation.bundle.BundleId;
import java.util.List;

/**
 * What stays and what goes.
 *
 * @param decisions one for each candidate, newest name first
 * @param warnings what a person should look at: why nothing is removed, points out of order. To be printed and alerted
 */
public record RetentionPlan(List<Decision> decisions, List<String> warnings) {
    public RetentionPlan {
        decisions = List.copyOf(decisions);
        warnings = List.copyOf(warnings);
    }

    public List<BundleId> keep() {
        return decisions.stream().filter(Decision::keeps).map(Decision::id).toList();
    }

    public List<BundleId> remove() {
        return decisions.stream()
                .filter(decision -> !decision.keeps())
                .map(Decision::id)
                .toList();
    }
}
