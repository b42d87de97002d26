package dev.foundation.verify;

import dev.foundation.age.AgeIdentity;
import dev.foundation.age.AgeKeys;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.event.RunEvent;
import dev.foundation.secret.Secret;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a point holds, with the private key: everything is opened, decompressed, read by the reader that stands beside its producer, and held against the
 * manifest, and that against the seal. A key that does not fit is told before anything else. Nothing is written; memory is constant but for eight bytes a
 * blob.
 */
public final class ContentCheck {
    private final AgeKeys keys;
    private final List<String> recipients;
    private final Optional<Sample> blobs;
    private final Consumer<RunEvent> events;

    /**
     * @param identities age identities ({@code AGE-SECRET-KEY-1...}): the current one and older generations
     * @param blobs which blobs are opened; empty for none
     * @throws IllegalArgumentException if one is none, or there is none; nothing is quoted
     */
    public ContentCheck(List<Secret<String>> identities, Optional<Sample> blobs, Consumer<RunEvent> events) {
        if (identities.isEmpty()) {
            throw new IllegalArgumentException("to open a point its age identity is needed, and none was given");
        }
        this.keys = AgeKeys.of(identities);
        this.recipients = AgeIdentity.recipients(identities);
        this.blobs = blobs;
        this.events = events;
    }

    /**
     * @param place its name, for the findings
     * @return INFO for each artifact that was read whole; anything worse is a fault
     * @throws InterruptedException if the caller stops it
     */
    public List<Finding> run(String place, SignedSeal point, PointBytes bytes) throws InterruptedException {
        return new ContentRun(place, point.seal(), bytes, keys, recipients, blobs, events).all();
    }
}
