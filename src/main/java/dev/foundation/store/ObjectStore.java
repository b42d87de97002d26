package dev.foundation.store;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A place for points. Safe for use by many threads. What each backend guarantees:
 * <ul>
 *   <li>an object is there whole or not at all, and is never overwritten through this interface;
 *   <li>what {@link Upload#complete} returned is read back by {@link #open} at once;
 *   <li>a failed listing throws: it is never an empty or a short list.
 * </ul>
 */
public interface ObjectStore extends AutoCloseable {
    /** How people call it: {@code local} or {@code off-site}. */
    String name();

    /** Where it is, for messages: an endpoint and bucket, or a folder. No credentials. */
    String place();

    /** Found by asking or trying, not from configuration. @throws StoreException if the store cannot be asked */
    Traits traits() throws StoreException, InterruptedException;

    /**
     * What a store can.
     *
     * @param versioned an overwritten or deleted object's older versions stay
     * @param locks objects can be held against deletion until a time (S3 object lock)
     */
    record Traits(boolean versioned, boolean locks) {}

    /** Begins an object whose size nobody needs to know. @throws StoreException with {@code EXISTS} here or on completion if the key is taken */
    Upload begin(ObjectKey key) throws StoreException, InterruptedException;

    /**
     * Begins one more version over a key that is taken, where what is there is damaged. Never takes anything away: who reads looks for the oldest version
     * that matches the seal. Not for seals and their signatures, whose oldest version counts whatever it is (P2).
     *
     * @throws StoreException with {@code OTHER} where the store keeps no versions: there it would overwrite
     */
    default Upload again(ObjectKey key) throws StoreException, InterruptedException {
        throw new StoreException(
                StoreException.Kind.OTHER,
                "write " + key + " once more in " + name() + " (" + place()
                        + "): no versions are kept there, and nothing is ever written over",
                null);
    }

    /** The newest version; empty if there is none or it is deleted. */
    Optional<StoredObject> find(ObjectKey key) throws StoreException, InterruptedException;

    /**
     * Reads a version. The stream throws {@link StoreException} when the connection breaks or the store finds damage; it ends normally only after
     * as many bytes as the store says the version has.
     *
     * @param version as {@link StoredObject#version}
     */
    InputStream open(ObjectKey key, String version) throws StoreException, InterruptedException;

    /** Reads the newest version. */
    InputStream open(ObjectKey key) throws StoreException, InterruptedException;

    /** Every version of this key, oldest first; delete markers are left out. Empty if there is none. */
    List<StoredObject> versions(ObjectKey key) throws StoreException, InterruptedException;

    /** As {@link #versions(ObjectKey)}, of each key that begins so, key by key: one question for the few that belong together. */
    List<StoredObject> versions(String prefix) throws StoreException, InterruptedException;

    /** The newest version of every object under {@code prefix} (empty for all), by key, page by page as they come. */
    void list(String prefix, Consumer<StoredObject> each) throws StoreException, InterruptedException;

    /** The first parts of all keys that have more than one, in order: the folders at the top. Costs by folder, not by object. */
    List<String> folders() throws StoreException, InterruptedException;

    /** Removes every version for good. One that is gone already is no error. @throws StoreException with {@code DENIED} if a lock or the rights refuse */
    void delete(ObjectKey key) throws StoreException, InterruptedException;

    /** Holds a version against deletion, or holds it longer; never shorter. @throws StoreException with {@code OTHER} where the store has no locks */
    void lock(ObjectKey key, String version, Instant until) throws StoreException, InterruptedException;

    /** Until when a version is held; empty if it is not. */
    Optional<Instant> lockedUntil(ObjectKey key, String version) throws StoreException, InterruptedException;

    @Override
    void close();
}
