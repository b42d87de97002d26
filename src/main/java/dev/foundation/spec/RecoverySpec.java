package dev.foundation.spec;

import java.util.Optional;

/**
 * What a recovery writes into the configuration, and what stays there when it is over, so that the steps stay in the graph as done.
 *
 * @param epoch 1, and one more for each time that this foundation was recovered and claimed its stores
 * @param scratch where this is the trial of a restore: the prefix of its own containers, volumes and network, beside those of the foundation. The
 *     network leads nowhere, nothing is sent to anybody, and it never claims a store (S1, R-5)
 * @param restored empty for a foundation that was never recovered
 */
public record RecoverySpec(int epoch, Optional<InstanceName> scratch, Optional<Restored> restored) {

    /** The value of {@code recovery.from} that names the configured off-site store. */
    public static final String OFF_SITE = "off-site";

    /** A foundation that was never recovered. */
    public static final RecoverySpec NONE = new RecoverySpec(1, Optional.empty(), Optional.empty());

    /**
     * The point that this foundation was restored from.
     *
     * @param point its name, {@code YYYYMMDDTHHMMSSZ}
     * @param stage the absolute folder of this host in which the point's own objects lie, checked against its seal
     * @param from where its blobs are: an absolute folder; empty for the off-site store
     */
    public record Restored(String point, String stage, Optional<String> from) {}
}
