package dev.foundation.bundle;

import dev.foundation.bundle.CachedSeal.Stamp;
import dev.foundation.store.ObjectStore;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Seals of one store, kept in a local file between listings. Only an aid: what comes out of it is proved again by who uses it, a file that is of
 * another store or damaged counts as empty, and one that cannot be written costs time, nothing else.
 */
public final class SealCache {
    private static final String MAGIC = "foundation-seals-1";

    private final Optional<Path> file;

    private SealCache(Optional<Path> file) {
        this.file = file;
    }

    /** Keeps nothing. */
    public static SealCache none() {
        return new SealCache(Optional.empty());
    }

    /** @param file in a folder that exists and that nobody else writes to; one file a store */
    public static SealCache at(Path file) {
        return new SealCache(Optional.of(file));
    }

    Map<BundleId, CachedSeal> load(ObjectStore store) {
        Map<BundleId, CachedSeal> all = new LinkedHashMap<>();
        if (file.isEmpty() || !Files.isRegularFile(file.get())) {
            return all;
        }
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file.get()), 1 << 20))) {
            if (!in.readUTF().equals(MAGIC)
                    || !in.readUTF().equals(store.name())
                    || !in.readUTF().equals(store.place())) {
                return all;
            }
            for (int left = in.readInt(); left > 0; left--) {
                BundleId point = BundleId.of(in.readUTF());
                all.put(point, new CachedSeal(point, stamp(in), stamp(in), bytes(in), text(in)));
            }
            return all;
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return new LinkedHashMap<>();
        }
    }

    void save(ObjectStore store, Collection<CachedSeal> all) {
        if (file.isEmpty()) {
            return;
        }
        Path target = file.get();
        Path fresh = target.resolveSibling(target.getFileName() + "."
                + ProcessHandle.current().pid() + "." + Thread.currentThread().threadId());
        try {
            try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh), 1 << 20))) {
                out.writeUTF(MAGIC);
                out.writeUTF(store.name());
                out.writeUTF(store.place());
                out.writeInt(all.size());
                for (CachedSeal each : all) {
                    out.writeUTF(each.point().toString());
                    stamp(out, each.seal());
                    stamp(out, each.signature());
                    bytes(out, each.bytes());
                    bytes(out, each.signatureText().getBytes(StandardCharsets.US_ASCII));
                }
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            fresh.toFile().delete(); // the next listing reads the store again
        }
    }

    private static Stamp stamp(DataInputStream in) throws IOException {
        return new Stamp(in.readUTF(), in.readLong(), Instant.ofEpochSecond(in.readLong(), in.readInt()));
    }

    private static void stamp(DataOutputStream out, Stamp stamp) throws IOException {
        out.writeUTF(stamp.version());
        out.writeLong(stamp.size());
        out.writeLong(stamp.modified().getEpochSecond());
        out.writeInt(stamp.modified().getNano());
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > Fields.MAX_BYTES) {
            throw new IOException("not a seal's length");
        }
        byte[] value = in.readNBytes(length);
        if (value.length != length) {
            throw new IOException("cut short");
        }
        return value;
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), StandardCharsets.US_ASCII);
    }

    private static void bytes(DataOutputStream out, byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }
}
