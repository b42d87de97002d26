package dev.foundation.store.local;

import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.store.StoredObject;
import dev.foundation.store.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A folder as a store. Each key is a file; its one version is {@code null}. What is not yet whole lies in {@code .unfinished/}. Files whose names
 * cannot be keys, and symbolic links, are not objects: they are left alone and left out.
 */
public final class LocalStore implements ObjectStore {
    /** The only version there is. */
    static final String VERSION = "null";

    static final String UNFINISHED = ".unfinished";
    private static final Duration ABANDONED = Duration.ofDays(1);
    private final String name;
    private final Path folder;
    private final Publishing publishing;

    /** @param folder made by the first upload if it is not there; may itself be a symbolic link */
    public LocalStore(String name, Path folder) {
        this(name, folder, true);
    }

    /** @param links whether the file system is asked for hard links at all */
    LocalStore(String name, Path folder, boolean links) {
        this.name = name;
        this.folder = folder.toAbsolutePath().normalize();
        this.publishing = new Publishing(this.folder, links);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String place() {
        return folder.toString();
    }

    @Override
    public Traits traits() {
        return new Traits(false, false);
    }

    @Override
    public Upload begin(ObjectKey key) throws StoreException, InterruptedException {
        if (find(key).isPresent()) {
            throw taken(action("write", key));
        }
        return new LocalUpload(this, key, file(key), publishing, action("write", key));
    }

    @Override
    public Optional<StoredObject> find(ObjectKey key) throws StoreException {
        Path file = file(key);
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile()
                    ? Optional.of(new StoredObject(
                            key,
                            attributes.size(),
                            VERSION,
                            attributes.lastModifiedTime().toInstant()))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw LocalErrors.of(action("look for", key), e);
        }
    }

    @Override
    public InputStream open(ObjectKey key, String version) throws StoreException {
        if (!isNewest(version)) {
            throw new StoreException(
                    Kind.NOT_FOUND, action("read", key) + ": a folder keeps no versions, so none is " + version, null);
        }
        return open(key);
    }

    @Override
    public InputStream open(ObjectKey key) throws StoreException {
        return LocalStream.open(file(key), action("read", key));
    }

    @Override
    public List<StoredObject> versions(ObjectKey key) throws StoreException {
        return find(key).stream().toList();
    }

    @Override
    public List<StoredObject> versions(String prefix) throws StoreException, InterruptedException {
        List<StoredObject> found = new ArrayList<>();
        list(prefix, found::add);
        return List.copyOf(found);
    }

    @Override
    public void list(String prefix, Consumer<StoredObject> each) throws StoreException, InterruptedException {
        try {
            new Walk(folder).list(prefix, each);
        } catch (IOException e) {
            throw LocalErrors.of("list " + prefix + " in " + name + " (" + folder + ")", e);
        }
    }

    @Override
    public List<String> folders() throws StoreException, InterruptedException {
        try {
            return new Walk(folder).folders();
        } catch (IOException e) {
            throw LocalErrors.of("list the folders of " + name + " (" + folder + ")", e);
        }
    }

    @Override
    public void delete(ObjectKey key) throws StoreException {
        Path file = file(key);
        try {
            if (find(key).isEmpty()) {
                return;
            }
            Files.deleteIfExists(file);
            publishing.sync(parent(file));
            for (Path each = parent(file); !each.equals(folder); each = parent(each)) {
                Files.deleteIfExists(each);
                publishing.sync(parent(each));
            }
        } catch (DirectoryNotEmptyException e) {
            // Other objects live there.
        } catch (IOException e) {
            throw LocalErrors.of(action("delete", key), e);
        }
    }

    @Override
    public void lock(ObjectKey key, String version, Instant until) throws StoreException {
        throw new StoreException(
                Kind.OTHER,
                action("lock", key)
                        + ": a folder cannot hold files against deletion; use an S3 bucket with object lock",
                null);
    }

    @Override
    public Optional<Instant> lockedUntil(ObjectKey key, String version) throws StoreException {
        if (!isNewest(version) || find(key).isEmpty()) {
            throw new StoreException(Kind.NOT_FOUND, action("ask for the lock of", key) + ": it is not there", null);
        }
        return Optional.empty();
    }

    /**
     * Removes what uploads of killed processes have left and nobody has written to for a day.
     *
     * @return how many files
     */
    public int sweep(Instant now) throws StoreException {
        try {
            return new Walk(folder).sweep(now.minus(ABANDONED));
        } catch (IOException e) {
            throw LocalErrors.of("remove unfinished uploads of " + name + " (" + folder + ")", e);
        }
    }

    @Override
    public void close() {}

    /** {@code write a/b to off-site (/mnt/disk)}: how every message begins. */
    private String action(String verb, ObjectKey key) {
        return verb + " " + key + " in " + name + " (" + folder + ")";
    }

    private static boolean isNewest(String version) {
        return version.isEmpty() || version.equals(VERSION);
    }

    static StoreException taken(String action) {
        return new StoreException(
                Kind.EXISTS, action + ": the key is taken, and nothing here is ever written over", null);
    }

    /** Where a key's file is. @throws StoreException if a symbolic link is on the way there, or the key is the store's own */
    private Path file(ObjectKey key) throws StoreException {
        if (key.path().equals(UNFINISHED) || key.path().startsWith(UNFINISHED + "/")) {
            throw new StoreException(
                    Kind.OTHER, action("use", key) + ": this name is kept for unfinished uploads", null);
        }
        Path file = folder.resolve(key.path());
        for (Path each = parent(file); !each.equals(folder); each = parent(each)) {
            if (Files.isSymbolicLink(each)) {
                throw new StoreException(
                        Kind.OTHER, action("use", key) + ": " + each + " is a symbolic link; remove it", null);
            }
        }
        return file;
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(path + " is not inside a folder");
        }
        return parent;
    }
}
