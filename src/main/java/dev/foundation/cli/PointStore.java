package dev.foundation.cli;

import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoredObject;
import dev.foundation.store.Upload;
import dev.foundation.verify.PointBytes;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One point as a store, wherever its bytes come from: to be read, object by object, and nothing else. It has one version of
 * each, which is held against the seal by who reads it.
 *
 * @param place for messages
 */
record PointStore(SignedSeal signed, PointBytes bytes, String place) implements ObjectStore {
    @Override
    public String name() {
        return "point";
    }

    @Override
    public Traits traits() {
        return new Traits(false, false);
    }

    private BundleId point() {
        return signed.seal().point();
    }

    /** As the seal calls it; a blob has no folder of a point before it. */
    private String name(ObjectKey key) {
        String own = point() + "/";
        return key.path().startsWith(own) ? key.path().substring(own.length()) : key.path();
    }

    @Override
    public InputStream open(ObjectKey key) throws StoreException, InterruptedException {
        try {
            return bytes.open(name(key));
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreException(StoreException.Kind.OTHER, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public InputStream open(ObjectKey key, String version) throws StoreException, InterruptedException {
        return open(key);
    }

    @Override
    public List<StoredObject> versions(ObjectKey key) {
        return signed
                .seal()
                .object(name(key))
                .map(each -> new StoredObject(key, each.size(), "", point().moment()))
                .stream()
                .toList();
    }

    @Override
    public List<StoredObject> versions(String prefix) throws StoreException {
        throw onlyRead();
    }

    @Override
    public Optional<StoredObject> find(ObjectKey key) throws StoreException {
        throw onlyRead();
    }

    @Override
    public void list(String prefix, Consumer<StoredObject> each) throws StoreException {
        throw onlyRead();
    }

    @Override
    public List<String> folders() throws StoreException {
        throw onlyRead();
    }

    @Override
    public Upload begin(ObjectKey key) throws StoreException {
        throw onlyRead();
    }

    @Override
    public void delete(ObjectKey key) throws StoreException {
        throw onlyRead();
    }

    @Override
    public void lock(ObjectKey key, String version, Instant until) throws StoreException {
        throw onlyRead();
    }

    @Override
    public Optional<Instant> lockedUntil(ObjectKey key, String version) throws StoreException {
        throw onlyRead();
    }

    private StoreException onlyRead() {
        return new StoreException(
                StoreException.Kind.OTHER, "the point " + point() + " of " + place + " is only read here", null);
    }

    @Override
    public void close() {}
}
