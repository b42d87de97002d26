package dev.foundation.store;

import java.time.Instant;

/**
 * One version of an object, as the store tells it: a claim, not a proof.
 *
 * @param size in bytes
 * @param version what {@link ObjectStore#open} takes; stores without versions say {@code null} as text, as S3 does; a listing
 *     that is not told it (S3's) leaves it empty, which opens the newest
 * @param modified the store's own clock, in whole seconds where it is S3: a listing may know fractions that a HEAD (RFC 9110, HTTP-date) does not
 */
public record StoredObject(ObjectKey key, long size, String version, Instant modified) {}
