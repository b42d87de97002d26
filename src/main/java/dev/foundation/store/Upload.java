package dev.foundation.store;

/**
 * An object on its way into a store. Nothing can be seen of it before {@link #complete}; a quiet {@link #close} throws it away. One thread at a
 * time.
 */
public interface Upload extends AutoCloseable {
    /** Takes the next {@code length} bytes; the buffer is the caller's again when this returns. May block for the network. */
    void write(byte[] buffer, int offset, int length) throws StoreException, InterruptedException;

    /**
     * Publishes the object under its key, if the key is still free, and returns what the store then says it has: key, size and version as
     * asked again, not as assumed. @throws StoreException with {@code EXISTS} if the key was taken meanwhile
     */
    StoredObject complete() throws StoreException, InterruptedException;

    /** Without {@link #complete}: removes what was sent, as far as the store answers. Never throws, never publishes. */
    @Override
    void close();
}
