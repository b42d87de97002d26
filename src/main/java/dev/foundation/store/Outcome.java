package dev.foundation.store;

/** What became of one object at one store. */
public sealed interface Outcome {
    /** It is there, as the store says when asked again. */
    record Kept(StoredObject object) implements Outcome {}

    /** It is not there, or not whole. */
    record Lost(StoreException why) implements Outcome {}
}
