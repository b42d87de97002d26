package dev.foundation.testing;

import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.store.StoredObject;
import dev.foundation.store.Upload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A store in memory, held by the same contract as the real ones, that can fail on demand. Versions and locks as S3 has them. */
public final class MemoryStore implements ObjectStore {
    private static final class Version {
        private final StoredObject told;
        private byte[] bytes;
        private Optional<Instant> lockedUntil = Optional.empty();

        Version(StoredObject told, byte[] bytes) {
            this.told = told;
            this.bytes = bytes;
        }
    }

    private final String name;
    private final Traits traits;
    private final Map<ObjectKey, List<Version>> objects = new TreeMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Faults faults = Faults.none();
    private volatile Instant now = Instant.parse("2001-01-01T00:00:00Z");
    private int written;

    /** With versions and locks. */
    public MemoryStore(String name) {
        this(name, new Traits(true, true));
    }

    public MemoryStore(String name, Traits traits) {
        this.name = name;
        this.traits = traits;
    }

    /** From the next call on; calls are counted from 1 again. */
    public void fail(Faults next) {
        calls.set(0);
        faults = next;
    }

    /** How many calls came since the faults were set. */
    public int calls() {
        return calls.get();
    }

    /** Sets the store's own clock: when objects are modified, and when locks end. */
    public void now(Instant moment) {
        now = moment;
    }

    /** As another client that holds to no contract: a new version in a versioned store, else other bytes in the old one's place. */
    public synchronized void overwrite(ObjectKey key, byte[] bytes) {
        if (!traits.versioned()) {
            objects.remove(key);
        }
        add(key, bytes);
    }

    /** The newest version's bytes. */
    public synchronized Optional<byte[]> bytes(ObjectKey key) {
        return Optional.ofNullable(objects.get(key))
                .map(versions -> versions.getLast().bytes.clone());
    }

    /** Flips a bit of the newest version, as a disk does: size and time stay. */
    public synchronized void damage(ObjectKey key) {
        var version = objects.get(key).getLast();
        version.bytes = flipped(version.bytes);
    }

    /** Every key, past all faults. */
    public synchronized List<String> keys() {
        return objects.keySet().stream().map(ObjectKey::path).toList();
    }

    /** A store with the same objects, versions and locks, and no faults. */
    public synchronized MemoryStore copy(String otherName) {
        var copy = new MemoryStore(otherName, traits);
        copy.now = now;
        copy.written = written;
        objects.forEach((key, versions) -> {
            List<Version> list = new ArrayList<>();
            for (var each : versions) {
                var version = new Version(each.told, each.bytes.clone());
                version.lockedUntil = each.lockedUntil;
                list.add(version);
            }
            copy.objects.put(key, list);
        });
        return copy;
    }

    private Faults.Fault call(String operation, String key) throws StoreException, InterruptedException {
        var call = new Faults.Call(calls.incrementAndGet(), operation, key);
        var fault = faults.at(call);
        switch (fault) {
            case Faults.Fault.Throw thrown -> throw thrown.exception(call);
            case Faults.Fault.Halt() -> Runtime.getRuntime().halt(137);
            case Faults.Fault.Hang() -> new CountDownLatch(1).await();
            case Faults.Fault.None() -> {}
            case Faults.Fault.Corrupt() -> {}
            case Faults.Fault.Hide() -> {}
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return fault;
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] other = bytes.clone();
        if (other.length > 0) {
            other[other.length / 2] ^= 1;
        }
        return other;
    }

    private synchronized StoredObject add(ObjectKey key, byte[] bytes) {
        written++;
        String version = traits.versioned() ? "v%08d".formatted(written) : "null";
        var told = new StoredObject(key, bytes.length, version, now);
        objects.computeIfAbsent(key, each -> new ArrayList<>()).add(new Version(told, bytes));
        return told;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String place() {
        return "memory";
    }

    @Override
    public Traits traits() throws StoreException, InterruptedException {
        call("traits", "");
        return traits;
    }

    @Override
    public Upload begin(ObjectKey key) throws StoreException, InterruptedException {
        call("begin", key.path());
        return upload(key, false);
    }

    @Override
    public Upload again(ObjectKey key) throws StoreException, InterruptedException {
        call("again", key.path());
        return traits.versioned() ? upload(key, true) : ObjectStore.super.again(key);
    }

    private Upload upload(ObjectKey key, boolean over) {
        return new Upload() {
            private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            private boolean ended;

            @Override
            public void write(byte[] buffer, int offset, int length) throws StoreException, InterruptedException {
                var fault = call("write", key.path());
                open();
                byte[] copy = new byte[length];
                System.arraycopy(buffer, offset, copy, 0, length);
                bytes.writeBytes(fault instanceof Faults.Fault.Corrupt ? flipped(copy) : copy);
            }

            @Override
            public StoredObject complete() throws StoreException, InterruptedException {
                call("complete", key.path());
                open();
                ended = true;
                synchronized (MemoryStore.this) {
                    if (!over && objects.containsKey(key)) {
                        throw new StoreException(Kind.EXISTS, "write " + key + " in " + name + ": taken", null);
                    }
                    return add(key, bytes.toByteArray());
                }
            }

            private void open() {
                if (ended) {
                    throw new IllegalStateException("this upload has ended");
                }
            }

            @Override
            public void close() {
                ended = true;
            }
        };
    }

    @Override
    public Optional<StoredObject> find(ObjectKey key) throws StoreException, InterruptedException {
        boolean hidden = call("find", key.path()) instanceof Faults.Fault.Hide;
        synchronized (this) {
            return hidden || !objects.containsKey(key)
                    ? Optional.empty()
                    : Optional.of(objects.get(key).getLast().told);
        }
    }

    @Override
    public InputStream open(ObjectKey key, String version) throws StoreException, InterruptedException {
        var fault = call("open", key.path());
        synchronized (this) {
            var versions = objects.getOrDefault(key, List.of());
            var found = versions.reversed().stream()
                    .filter(each -> version.isEmpty() || each.told.version().equals(version))
                    .findFirst()
                    .filter(each -> !(fault instanceof Faults.Fault.Hide))
                    .orElseThrow(() -> missing(key));
            return new ByteArrayInputStream(
                    fault instanceof Faults.Fault.Corrupt ? flipped(found.bytes) : found.bytes.clone());
        }
    }

    private StoreException missing(ObjectKey key) {
        return new StoreException(Kind.NOT_FOUND, key + " in " + name + ": not there", null);
    }

    @Override
    public InputStream open(ObjectKey key) throws StoreException, InterruptedException {
        return open(key, "");
    }

    @Override
    public List<StoredObject> versions(ObjectKey key) throws StoreException, InterruptedException {
        boolean hidden = call("versions", key.path()) instanceof Faults.Fault.Hide;
        synchronized (this) {
            return hidden
                    ? List.of()
                    : objects.getOrDefault(key, List.of()).stream()
                            .map(each -> each.told)
                            .toList();
        }
    }

    /** {@code Hide} hides all. */
    @Override
    public List<StoredObject> versions(String prefix) throws StoreException, InterruptedException {
        boolean hidden = call("versions", prefix) instanceof Faults.Fault.Hide;
        List<StoredObject> found = new ArrayList<>();
        synchronized (this) {
            objects.forEach((key, versions) -> {
                if (!hidden && key.path().startsWith(prefix)) {
                    versions.forEach(each -> found.add(each.told));
                }
            });
        }
        return List.copyOf(found);
    }

    /** {@code Hide} leaves out the last object of the listing. */
    @Override
    public void list(String prefix, Consumer<StoredObject> each) throws StoreException, InterruptedException {
        boolean hidden = call("list", prefix) instanceof Faults.Fault.Hide;
        List<StoredObject> found = new ArrayList<>();
        synchronized (this) {
            objects.forEach((key, versions) -> {
                if (key.path().startsWith(prefix)) {
                    found.add(versions.getLast().told);
                }
            });
        }
        if (hidden && !found.isEmpty()) {
            found.removeLast();
        }
        found.forEach(each);
    }

    /** {@code Hide} leaves out the last folder. */
    @Override
    public List<String> folders() throws StoreException, InterruptedException {
        boolean hidden = call("folders", "") instanceof Faults.Fault.Hide;
        var folders = new TreeSet<String>();
        synchronized (this) {
            for (var key : objects.keySet()) {
                int slash = key.path().indexOf('/');
                if (slash > 0) {
                    folders.add(key.path().substring(0, slash));
                }
            }
        }
        if (hidden) {
            folders.pollLast();
        }
        return List.copyOf(folders);
    }

    @Override
    public void delete(ObjectKey key) throws StoreException, InterruptedException {
        call("delete", key.path());
        synchronized (this) {
            var versions = objects.getOrDefault(key, new ArrayList<>());
            if (versions.stream()
                    .anyMatch(each -> each.lockedUntil.filter(now::isBefore).isPresent())) {
                throw new StoreException(Kind.DENIED, "delete " + key + " in " + name + ": locked", null);
            }
            objects.remove(key);
        }
    }

    @Override
    public void lock(ObjectKey key, String version, Instant until) throws StoreException, InterruptedException {
        call("lock", key.path());
        if (!traits.locks()) {
            throw new StoreException(Kind.OTHER, "lock " + key + " in " + name + ": this store has no locks", null);
        }
        synchronized (this) {
            var found = version(key, version);
            if (found.lockedUntil.filter(held -> !held.isBefore(until)).isEmpty()) {
                found.lockedUntil = Optional.of(until);
            }
        }
    }

    private Version version(ObjectKey key, String version) throws StoreException {
        return objects.getOrDefault(key, List.of()).reversed().stream()
                .filter(each -> version.isEmpty() || each.told.version().equals(version))
                .findFirst()
                .orElseThrow(() -> missing(key));
    }

    @Override
    public Optional<Instant> lockedUntil(ObjectKey key, String version) throws StoreException, InterruptedException {
        call("lockedUntil", key.path());
        synchronized (this) {
            return version(key, version).lockedUntil;
        }
    }

    @Override
    public void close() {}
}
