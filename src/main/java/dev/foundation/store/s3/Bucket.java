package dev.foundation.store.s3;

import dev.foundation.store.ObjectKey;

/** What a bucket is called, in requests and in messages. */
record Bucket(String store, String name) {
    /** {@code write a/b in bucket c of off-site}: what every message begins with. */
    String action(String verb, ObjectKey key) {
        return action(verb + " " + key);
    }

    String action(String what) {
        return what + " in bucket " + name + " of " + store;
    }
}
