package dev.foundation.bundle;

import dev.foundation.store.ObjectKey;

/** Where everything of a point lies in a store. */
public record BundleKeys(BundleId point) {
    /** The object of this name in the point's folder, as {@link SealedObject#name}. @throws IllegalArgumentException if it would be none */
    public ObjectKey object(String name) {
        return ObjectKey.of(point.toString(), name);
    }

    /** An artifact as it lies there: sealed with age. @param name as in R2.3, without {@code .age} */
    public ObjectKey artifact(String name) {
        return object(name + Names.AGE);
    }

    public ObjectKey inventory() {
        return object(Names.INVENTORY);
    }

    public ObjectKey manifest() {
        return artifact(Names.MANIFEST);
    }

    public ObjectKey seal() {
        return object(Names.SEAL);
    }

    public ObjectKey signature() {
        return object(Names.SIGNATURE);
    }

    /** A blob is no point's own: it lies beside them. */
    public static ObjectKey blob(BlobName name) {
        return ObjectKey.of(Names.BLOBS, name + Names.AGE);
    }

    /** The blob that lies under this key. @throws IllegalArgumentException if the key is no blob's */
    public static BlobName blobAt(ObjectKey key) {
        String name = key.name();
        if (name.endsWith(Names.AGE)) {
            BlobName blob = new BlobName(name.substring(0, name.length() - Names.AGE.length()));
            if (blob(blob).equals(key)) {
                return blob;
            }
        }
        throw new IllegalArgumentException("not the key of a blob: " + key);
    }
}
