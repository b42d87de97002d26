package dev.foundation.objectstore;

import java.util.List;
import java.util.regex.Pattern;

/** What a user may do in one bucket. Order and repetition of actions have no meaning. */
public record Grant(String bucket, List<Action> actions) {
    /** Amazon's rules for bucket names, without the dots that break TLS. */
    public static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");

    /** An engine-neutral right. */
    public enum Action {
        /** Read objects and their older versions. */
        READ,
        /** Write objects, in parts too. Overwriting is writing: only a versioned bucket keeps what was there. */
        WRITE,
        /** List objects, versions and unfinished uploads; ask whether the bucket exists and where it is. */
        LIST,
        /** Delete objects. Never their older versions: in a versioned bucket, history stays. */
        DELETE,
        /** Delete versions, and with the last one the object for good: what only the pruner may (S7). */
        PURGE
    }

    public Grant {
        actions = actions.stream().distinct().sorted().toList();
    }
}
