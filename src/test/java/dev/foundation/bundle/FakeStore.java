package dev.foundation.bundle;

import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.store.StoredObject;
import dev.foundation.store.Upload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A versioned store in memory, with what somebody who can write to it could do. */
final class FakeStore implements ObjectStore {
    private record Version(StoredObject stored, byte[] content) {}

    final AtomicInteger calls = new AtomicInteger();
    final ConcurrentMap<ObjectKey, StoreException> failing = new ConcurrentHashMap<>();
    final Set<ObjectKey> damaged = ConcurrentHashMap.newKeySet();
    private final ConcurrentSkipListMap<ObjectKey, List<Version>> objects = new ConcurrentSkipListMap<>();
    private int written;

    /** Every file under the folder. */
    static FakeStore of(Path folder) throws IOException {
        var store = new FakeStore();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
                store.overwrite(new ObjectKey(folder.relativize(each).toString()), Files.readAllBytes(each));
            }
        }
        return store;
    }

    /** Adds a version, as an S3 put does. */
    synchronized StoredObject overwrite(ObjectKey key, byte[] content) {
        written++;
        var stored =
                new StoredObject(key, content.length, "v" + written, Instant.ofEpochSecond(1_700_000_000L + written));
        List<Version> versions = new ArrayList<>(objects.getOrDefault(key, List.of()));
        versions.add(new Version(stored, content.clone()));
        objects.put(key, versions);
        return stored;
    }

    /** As on a store without versions. */
    synchronized void replace(ObjectKey key, byte[] content) {
        objects.remove(key);
        overwrite(key, content);
    }

    /** Takes a whole folder away. */
    void hide(BundleId point) {
        objects.keySet().removeIf(each -> each.path().startsWith(point + "/"));
    }

    byte[] content(ObjectKey key) {
        return objects.get(key).getFirst().content();
    }

    void copy(FakeStore from) {
        from.objects.forEach(
                (key, versions) -> overwrite(key, versions.getFirst().content()));
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public String place() {
        return "memory";
    }

    @Override
    public Traits traits() {
        return new Traits(true, false);
    }

    @Override
    public Upload begin(ObjectKey key) {
        var bytes = new ByteArrayOutputStream();
        return new Upload() {
            @Override
            public void write(byte[] buffer, int offset, int length) {
                bytes.write(buffer, offset, length);
            }

            @Override
            public StoredObject complete() throws StoreException {
                ask(key);
                if (objects.containsKey(key)) {
                    throw new StoreException(Kind.EXISTS, key + " is taken", null);
                }
                return overwrite(key, bytes.toByteArray());
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Optional<StoredObject> find(ObjectKey key) throws StoreException {
        return versions(key).stream().reduce((older, newer) -> newer);
    }

    @Override
    public InputStream open(ObjectKey key, String version) throws StoreException {
        ask(key);
        if (damaged.contains(key)) {
            throw new StoreException(Kind.DAMAGED, "the bytes of " + key + " cannot be read", null);
        }
        return objects.getOrDefault(key, List.of()).stream()
                .filter(each -> each.stored().version().equals(version))
                .findFirst()
                .map(each -> new ByteArrayInputStream(each.content()))
                .orElseThrow(() -> new StoreException(Kind.NOT_FOUND, "no " + key, null));
    }

    @Override
    public InputStream open(ObjectKey key) throws StoreException {
        return open(
                key,
                find(key)
                        .orElseThrow(() -> new StoreException(Kind.NOT_FOUND, "no " + key, null))
                        .version());
    }

    @Override
    public List<StoredObject> versions(ObjectKey key) throws StoreException {
        ask(key);
        return objects.getOrDefault(key, List.of()).stream()
                .map(Version::stored)
                .toList();
    }

    @Override
    public List<StoredObject> versions(String prefix) throws StoreException {
        ask(new ObjectKey(prefix));
        return objects.entrySet().stream()
                .filter(each -> each.getKey().path().startsWith(prefix))
                .flatMap(each -> each.getValue().stream())
                .map(Version::stored)
                .toList();
    }

    @Override
    public void list(String prefix, Consumer<StoredObject> each) {
        calls.incrementAndGet();
        objects.forEach((key, versions) -> {
            if (key.path().startsWith(prefix)) {
                each.accept(versions.getLast().stored());
            }
        });
    }

    @Override
    public List<String> folders() {
        calls.incrementAndGet();
        var folders = new TreeSet<String>();
        objects.keySet().stream()
                .map(ObjectKey::path)
                .filter(path -> path.contains("/"))
                .forEach(path -> folders.add(path.substring(0, path.indexOf('/'))));
        return List.copyOf(folders);
    }

    @Override
    public void delete(ObjectKey key) {
        objects.remove(key);
    }

    @Override
    public void lock(ObjectKey key, String version, Instant until) throws StoreException {
        throw new StoreException(Kind.OTHER, "no locks here", null);
    }

    @Override
    public Optional<Instant> lockedUntil(ObjectKey key, String version) {
        return Optional.empty();
    }

    @Override
    public void close() {}

    private void ask(ObjectKey key) throws StoreException {
        calls.incrementAndGet();
        StoreException failure = failing.get(key);
        if (failure != null) {
            throw failure;
        }
    }
}
