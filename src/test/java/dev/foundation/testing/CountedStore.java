package dev.foundation.testing;

import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoredObject;
import dev.foundation.store.Upload;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** A store that counts each call before it is made, those of uploads, too. */
public final class CountedStore implements ObjectStore {
    private final ObjectStore store;
    private final IntConsumer before;
    private final AtomicInteger calls = new AtomicInteger();

    /** @param before each call; told its number, from 1 */
    public CountedStore(ObjectStore store, IntConsumer before) {
        this.store = store;
        this.before = before;
    }

    public int calls() {
        return calls.get();
    }

    private ObjectStore count() {
        before.accept(calls.incrementAndGet());
        return store;
    }

    private Upload counted(Upload upload) {
        return new Upload() {
            @Override
            public void write(byte[] bytes, int offset, int length) throws StoreException, InterruptedException {
                var unused = count();
                upload.write(bytes, offset, length);
            }

            @Override
            public StoredObject complete() throws StoreException, InterruptedException {
                var unused = count();
                return upload.complete();
            }

            @Override
            public void close() {
                upload.close();
            }
        };
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public String place() {
        return store.place();
    }

    @Override
    public Traits traits() throws StoreException, InterruptedException {
        return count().traits();
    }

    @Override
    public Upload begin(ObjectKey key) throws StoreException, InterruptedException {
        return counted(count().begin(key));
    }

    @Override
    public Upload again(ObjectKey key) throws StoreException, InterruptedException {
        return counted(count().again(key));
    }

    @Override
    public Optional<StoredObject> find(ObjectKey key) throws StoreException, InterruptedException {
        return count().find(key);
    }

    @Override
    public InputStream open(ObjectKey key, String version) throws StoreException, InterruptedException {
        return count().open(key, version);
    }

    @Override
    public InputStream open(ObjectKey key) throws StoreException, InterruptedException {
        return count().open(key);
    }

    @Override
    public List<StoredObject> versions(ObjectKey key) throws StoreException, InterruptedException {
        return count().versions(key);
    }

    @Override
    public List<StoredObject> versions(String prefix) throws StoreException, InterruptedException {
        return count().versions(prefix);
    }

    @Override
    public void list(String prefix, Consumer<StoredObject> each) throws StoreException, InterruptedException {
        count().list(prefix, each);
    }

    @Override
    public List<String> folders() throws StoreException, InterruptedException {
        return count().folders();
    }

    @Override
    public void delete(ObjectKey key) throws StoreException, InterruptedException {
        count().delete(key);
    }

    @Override
    public void lock(ObjectKey key, String version, Instant until) throws StoreException, InterruptedException {
        count().lock(key, version, until);
    }

    @Override
    public Optional<Instant> lockedUntil(ObjectKey key, String version) throws StoreException, InterruptedException {
        return count().lockedUntil(key, version);
    }

    @Override
    public void close() {
        store.close();
    }
}
