package dev.foundation.retention;

import dev.foundation.bundle.BundleId;
import java.util.List;

/**
 * What happens to one point.
 *
 * @param reasons in plain words, at least one, such as {@code daily 2026-11-20} or {@code held}
 */
public record Decision(BundleId id, Verdict verdict, List<String> reasons) {
    public enum Verdict {
        KEEP,
        REMOVE
    }

    public Decision {
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("nobody may keep or remove " + id + " without a reason");
        }
    }

    public boolean keeps() {
        return verdict == Verdict.KEEP;
    }
}
