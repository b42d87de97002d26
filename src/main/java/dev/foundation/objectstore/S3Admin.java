package dev.foundation.objectstore;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Users of an S3 server and their rights. Every change is in force when the call returns, and may be repeated.
 *
 * <p>All methods throw {@link ObjectStoreException} where the server refuses or cannot be reached.
 */
public sealed interface S3Admin extends AutoCloseable permits RustfsAdmin, VersityAdmin {
    static S3Admin of(S3Engine engine, S3Access root) {
        return switch (engine) {
            case RUSTFS -> new RustfsAdmin(root);
            case VERSITYGW -> new VersityAdmin(root);
        };
    }

    boolean exists(String user) throws IOException, InterruptedException;

    /** Makes the user, or gives an existing one this secret; rights stay as they are, and a new user has none. */
    void put(String user, String secret) throws IOException, InterruptedException;

    /** Whether this secret is the user's. */
    boolean accepts(String user, String secret) throws IOException, InterruptedException;

    /** Replaces the user's rights with exactly these. The buckets must exist. Other users' rights are not touched. */
    void setGrants(String user, List<Grant> grants) throws IOException, InterruptedException;

    /**
     * The rights that {@link #setGrants} gave the user, by bucket in order of names; empty where the user has more or other rights than a
     * list of grants can say.
     */
    Optional<List<Grant>> grants(String user) throws IOException, InterruptedException;

    /** Removes the user and its rights; nothing happens if it is gone already. */
    void delete(String user) throws IOException, InterruptedException;

    @Override
    void close();
}
