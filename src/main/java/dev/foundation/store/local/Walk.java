package dev.foundation.store.local;

import dev.foundation.store.ObjectKey;
import dev.foundation.store.StoredObject;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Goes through a folder in the order of keys. */
final class Walk {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9._-]+");
    private final Path folder;

    Walk(Path folder) {
        this.folder = folder;
    }

    void list(String prefix, Consumer<StoredObject> each) throws IOException, InterruptedException {
        list(folder, "", prefix, each);
    }

    private void list(Path directory, String path, String prefix, Consumer<StoredObject> each)
            throws IOException, InterruptedException {
        for (Entry entry : entries(directory, prefix.length() > path.length() ? prefix.substring(path.length()) : "")) {
            String key = path + entry.name();
            if (!key.startsWith(prefix) && !(entry.folder() && prefix.startsWith(key))) {
                continue;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (!entry.folder()) {
                object(directory, key, entry).ifPresent(each);
                continue;
            }
            try {
                list(directory.resolve(entry.file()), key, prefix, each);
            } catch (NoSuchFileException e) {
                // Its last object was deleted since the folder above was read.
            }
        }
    }

    private static Optional<StoredObject> object(Path directory, String key, Entry entry) throws IOException {
        try {
            var attributes = Files.readAttributes(
                    directory.resolve(entry.file()), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() && key.length() <= 512
                    ? Optional.of(new StoredObject(
                            new ObjectKey(key),
                            attributes.size(),
                            LocalStore.VERSION,
                            attributes.lastModifiedTime().toInstant()))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty(); // deleted since the folder was read
        }
    }

    /** Top folders with at least one object somewhere inside. */
    List<String> folders() throws IOException, InterruptedException {
        List<String> folders = new ArrayList<>();
        for (Entry entry : entries(folder)) {
            if (entry.folder() && holdsObject(folder.resolve(entry.file()))) {
                folders.add(entry.file());
            }
        }
        folders.sort(null); // entries come as "a-b", "a/"
        return List.copyOf(folders);
    }

    private boolean holdsObject(Path directory) throws IOException, InterruptedException {
        try {
            for (Entry entry : entries(directory)) {
                if (!entry.folder() || holdsObject(directory.resolve(entry.file()))) {
                    return true;
                }
            }
            return false;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** @param name a folder's ends with a slash, so that names sort as keys do: {@code a-b}, {@code a.b}, {@code a/b} */
    private record Entry(String name, String file, boolean folder) {}

    /** What can be part of a key, in the order of keys. A folder that cannot be read to its end throws. */
    private List<Entry> entries(Path directory) throws IOException {
        var found = new TreeMap<String, Entry>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path each : stream) {
                entry(directory, String.valueOf(each.getFileName())).ifPresent(entry -> found.put(entry.name(), entry));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return List.copyOf(found.values());
    }

    /** @param prefix of what is wanted, from here on: where it names a folder, only that one is looked at, however many stand beside it */
    private List<Entry> entries(Path directory, String prefix) throws IOException {
        int slash = prefix.indexOf('/');
        return slash < 0
                ? entries(directory)
                : entry(directory, prefix.substring(0, slash)).filter(Entry::folder).stream()
                        .toList();
    }

    private Optional<Entry> entry(Path directory, String file) {
        boolean own = directory.equals(folder) && file.equals(LocalStore.UNFINISHED);
        if (own || !PART.matcher(file).matches() || file.equals(".") || file.equals("..")) {
            return Optional.empty();
        }
        Path each = directory.resolve(file);
        if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(new Entry(file + "/", file, true));
        }
        return Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(new Entry(file, file, false))
                : Optional.empty();
    }

    int sweep(Instant before) throws IOException {
        int removed = 0;
        Path unfinished = folder.resolve(LocalStore.UNFINISHED);
        if (!Files.isDirectory(unfinished, LinkOption.NOFOLLOW_LINKS)) {
            return 0;
        }
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(unfinished)) {
            for (Path each : stream) {
                boolean file = !each.endsWith(Publishing.LOCK) && Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS);
                if (file
                        && Files.getLastModifiedTime(each, LinkOption.NOFOLLOW_LINKS)
                                .toInstant()
                                .isBefore(before)) {
                    Files.deleteIfExists(each);
                    removed++;
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return removed;
    }
}
