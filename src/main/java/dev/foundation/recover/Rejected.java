package dev.foundation.recover;

import dev.foundation.bundle.BundleId;
import java.util.List;

/**
 * A newer point that was not taken.
 *
 * @param why what does not hold, each a sentence
 */
public record Rejected(BundleId point, List<String> why) {
    public Rejected {
        why = List.copyOf(why);
    }
}
