package dev.foundation.cli;

import dev.foundation.age.AgeIdentity;
import dev.foundation.age.AgeKeys;
import dev.foundation.age.AgeOpener;
import dev.foundation.bundle.BlobObject;
import dev.foundation.bundle.Manifest;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.ObjectsReader;
import dev.foundation.bundle.Seal;
import dev.foundation.bundle.SealedObject;
import dev.foundation.secret.Secret;
import dev.foundation.stream.Digesting;
import dev.foundation.stream.GunzipReader;
import dev.foundation.stream.Sha256;
import dev.foundation.stream.ZstdReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * Opens a point's artifacts into a folder: {@code postgres.sql}, {@code forgejo/}, {@code buckets/<bucket>/<key>}, {@code vault-raft.snap},
 * {@code pulumi-state.json}. Each byte is held against seal and manifest. What is written counts only once a method has returned.
 */
final class Unpacking {
    private static final int MOST_MANIFEST = 64 << 20;

    private final FoundPoint point;
    private final Seal seal;
    private final AgeKeys keys;
    private final Path folder;
    private final Consumer<String> told;

    Unpacking(FoundPoint point, Secret<String> identity, Path folder, Consumer<String> told) {
        this.point = point;
        this.seal = point.signed().seal();
        this.keys = AgeKeys.of(AgeIdentity.lines(identity));
        this.folder = folder;
        this.told = told;
    }

    /** A kind of content, as {@code --only} names it. */
    enum Part {
        vault(Names.VAULT),
        postgres(Names.POSTGRES),
        forgejo(Names.FORGEJO),
        buckets(Names.OBJECTS),
        state(Names.PULUMI_STATE);

        private final String artifact;

        Part(String artifact) {
            this.artifact = artifact;
        }
    }

    Manifest manifest() throws IOException, InterruptedException {
        String name = Names.MANIFEST + Names.AGE;
        SealedObject object = object(name);
        try (Digesting sealed = new Digesting(point.bytes().open(name));
                InputStream plain = AgeOpener.open(unclosed(sealed), keys)) {
            byte[] content = plain.readNBytes(MOST_MANIFEST);
            check(name, sealed, object.size(), object.sha256());
            Manifest manifest = Manifest.parse(content);
            manifest.checkAgainst(seal);
            return manifest;
        }
    }

    /** @return false if the point has none of this part */
    boolean unpack(Manifest manifest, Part part) throws IOException, InterruptedException {
        Manifest.Entry entry = manifest.artifact(part.artifact).orElse(null);
        if (entry == null) {
            return false;
        }
        switch (part) {
            case vault -> copy(entry, Names.VAULT);
            case state -> copy(entry, Names.PULUMI_STATE);
            case postgres ->
                opened(entry, plain -> {
                    try (var script = new GunzipReader(plain)) {
                        write(script, folder.resolve("postgres.sql"));
                    }
                });
            case forgejo ->
                opened(entry, plain -> {
                    try (var tar = new ZstdReader(plain)) {
                        UnpackedTar.into(tar, Files.createDirectory(folder.resolve("forgejo")));
                    }
                });
            case buckets -> {
                Path list = folder.resolve("objects.jsonl.zst");
                opened(entry, plain -> write(plain, list)); // whole and proved before any line of it is followed
                buckets(list);
                Files.delete(list);
            }
        }
        return true;
    }

    private void copy(Manifest.Entry entry, String name) throws IOException, InterruptedException {
        opened(entry, plain -> write(plain, folder.resolve(name)));
    }

    private void buckets(Path list) throws IOException, InterruptedException {
        Path buckets = Files.createDirectory(folder.resolve("buckets"));
        long count = 0;
        try (var objects = new ObjectsReader(Files.newInputStream(list))) {
            for (var next = objects.next(); next.isPresent(); next = objects.next()) {
                BlobObject object = next.get();
                String blob = Names.BLOBS + "/" + object.blob().hex() + Names.AGE;
                try (Digesting plain =
                        new Digesting(AgeOpener.open(point.bytes().open(blob), keys))) {
                    write(plain, place(buckets, object));
                    check(
                            "the blob of " + object.bucket() + "/" + printable(object),
                            plain,
                            object.size(),
                            object.sha256());
                }
                if (++count % 1000 == 0) {
                    told.accept(count + " objects");
                }
            }
        }
        try (InputStream in = new ZstdReader(Files.newInputStream(list))) {
            write(in, folder.resolve("buckets.jsonl")); // content types, metadata, and the very keys
        }
        told.accept(count + " objects of buckets, each with the sha256 that it had");
    }

    /** Where one key is also the folder of another, the later one gets a name of its own. */
    private static Path place(Path buckets, BlobObject object) throws IOException {
        byte[] key = object.key().bytes();
        Path bucket = KeyPath.of(buckets, object.bucket().replace("/", "%2F").getBytes(StandardCharsets.UTF_8));
        Files.createDirectories(bucket);
        Path path = KeyPath.of(bucket, key);
        for (Path above = path.getParent(); above != null && !above.equals(bucket); above = above.getParent()) {
            if (Files.isRegularFile(above)) {
                return KeyPath.flat(bucket, key);
            }
        }
        Files.createDirectories(path.getParent());
        return Files.isDirectory(path) ? KeyPath.flat(bucket, key) : path;
    }

    private static String printable(BlobObject object) {
        return object.key().text().replaceAll("\\p{Cntrl}", "?");
    }

    private interface Reader {
        void read(InputStream plain) throws IOException, InterruptedException;
    }

    private void opened(Manifest.Entry entry, Reader reader) throws IOException, InterruptedException {
        String name = entry.name() + Names.AGE;
        SealedObject object = object(name);
        told.accept(entry.name() + ", " + Quantity.bytes(object.size()));
        try (Digesting sealed = new Digesting(point.bytes().open(name));
                Digesting plain = new Digesting(AgeOpener.open(unclosed(sealed), keys))) {
            reader.read(unclosed(plain));
            plain.transferTo(OutputStream.nullOutputStream());
            sealed.transferTo(OutputStream.nullOutputStream());
            check(name, sealed, object.size(), object.sha256());
            check(
                    entry.name() + " (opened)",
                    plain,
                    entry.plain().size(),
                    entry.plain().sha256());
        } catch (AgentException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(name + " of " + seal.point() + ": " + e.getMessage(), e);
        }
    }

    private SealedObject object(String name) throws IOException {
        return seal.object(name)
                .orElseThrow(() -> new IOException("the seal of " + seal.point() + " names no " + name));
    }

    private void check(String what, Digesting read, long size, Sha256 sha256) throws IOException {
        if (read.size() != size || !read.sha256().equals(sha256)) {
            throw new IOException(
                    what + " is not what was sealed: " + read.size() + " bytes with another sha256 than the " + size
                            + " that were. `./foundation verify --point " + seal.point() + "` says where it is whole");
        }
    }

    private static void write(InputStream in, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            in.transferTo(out);
        }
    }

    private static InputStream unclosed(InputStream source) {
        return new FilterInputStream(source) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return in.read(buffer, offset, length);
            }

            @Override
            public void close() {}
        };
    }
}
