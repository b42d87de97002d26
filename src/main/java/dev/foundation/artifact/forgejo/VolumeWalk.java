package dev.foundation.artifact.forgejo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lists a volume for tar: names with their very bytes, a zero after each, a folder before what is in it. Within a git repository the order is
 * HEAD, loose references, packed references (git moves them in this direction), the rest, and objects last. Memory follows the depth.
 */
final class VolumeWalk {
    private final Path root;
    private final Set<String> excluded = new HashSet<>();
    private final AtomicLong special = new AtomicLong();
    private final AtomicLong vanished = new AtomicLong();

    VolumeWalk(Path root, List<Exclusion> exclusions) {
        this.root = root;
        exclusions.forEach(each -> excluded.add("./" + each.path()));
    }

    /** @throws IOException if a folder cannot be read; one that vanishes meanwhile is no error */
    void write(OutputStream names) throws IOException {
        print(names, new byte[] {'.'});
        folder(root, ".".getBytes(StandardCharsets.US_ASCII), names);
    }

    private void folder(Path folder, byte[] name, OutputStream names) throws IOException {
        if (isRepository(folder)) {
            List<String> order = List.of("HEAD", "refs", "packed-refs");
            for (String first : order) {
                entry(folder.resolve(first), name, names);
            }
            children(folder, name, names, Set.of("HEAD", "refs", "packed-refs", "objects"));
            entry(folder.resolve("objects"), name, names);
        } else {
            children(folder, name, names, Set.of());
        }
    }

    private void children(Path folder, byte[] name, OutputStream names, Set<String> but) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                if (!but.contains(child.getFileName().toString())) {
                    entry(child, name, names);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            vanished.incrementAndGet();
        } catch (DirectoryIteratorException e) {
            throw new IOException("cannot list folder " + folder, e.getCause());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void entry(Path path, byte[] folder, OutputStream names) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            if (!path.endsWith("packed-refs")) {
                vanished.incrementAndGet();
            }
            return;
        }
        byte[] name = join(folder, RawNames.of(path.getFileName()));
        if (excluded.contains(new String(name, StandardCharsets.ISO_8859_1))) {
            return;
        }
        if (attributes.isOther()) {
            special.incrementAndGet(); // sockets and pipes belong to a running process
            return;
        }
        print(names, name);
        if (attributes.isDirectory()) {
            folder(path, name, names);
        }
    }

    static boolean isRepository(Path folder) {
        return Files.isDirectory(folder.resolve("objects"), LinkOption.NOFOLLOW_LINKS)
                && Files.isDirectory(folder.resolve("refs"), LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(folder.resolve("HEAD"), LinkOption.NOFOLLOW_LINKS);
    }

    private static byte[] join(byte[] folder, byte[] name) {
        var joined = new byte[folder.length + 1 + name.length];
        System.arraycopy(folder, 0, joined, 0, folder.length);
        joined[folder.length] = '/';
        System.arraycopy(name, 0, joined, folder.length + 1, name.length);
        return joined;
    }

    private static void print(OutputStream names, byte[] name) throws IOException {
        names.write(name);
        names.write(0);
    }

    /** Sockets, pipes and devices that were passed over. */
    long special() {
        return special.get();
    }

    /** Files and folders that were gone when their turn came. */
    long vanished() {
        return vanished.get();
    }
}
