package dev.foundation.cli;

import java.util.List;
import java.util.Objects;

/** What pruning would keep and remove, as the pruner says. */
record PrunePlan(List<String> warnings, List<Decision> decisions, Blobs blobs) {
    PrunePlan {
        warnings = List.copyOf(warnings);
        decisions = List.copyOf(decisions);
        Objects.requireNonNull(blobs);
    }

    record Decision(String point, boolean keep, List<String> reasons) {
        Decision {
            Objects.requireNonNull(point);
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * @param marked no point lists them; they go once enough time has passed
     * @param removable marked long enough
     */
    record Blobs(long kept, long marked, long removable, long removableSize) {}

    long removed() {
        return decisions.stream().filter(each -> !each.keep()).count();
    }
}
