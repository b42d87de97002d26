package dev.foundation.backup;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.foundation.bundle.BlobName;
import dev.foundation.bundle.BundleId;
import dev.foundation.stream.Sha256;
import dev.foundation.stream.WholeFile;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The blobs that the agent knows to be in the stores, in one file of its own: those of the newest point, and behind them those that a run sent
 * since, each added as it is sent, so that a run that was stopped does not send them again. A file that is damaged or missing counts as empty: then
 * every object is read again and nothing is lost but time. 108 bytes of memory a blob.
 */
final class KnownBlobs implements AutoCloseable {
    private static final String MAGIC = "foundation-blobs-1";
    private static final int DIGEST = 32;
    private static final int ROW = 3 * DIGEST + Long.BYTES + Integer.BYTES;
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final Path journalFile;
    private final byte[] rows;
    private final List<Kind> kinds;
    private final Map<Kind, Integer> kindNumbers = new HashMap<>();
    private final Map<BlobName, KnownBlob> fresh = new HashMap<>();
    private final Optional<BundleId> point;
    private DataOutputStream journal;

    /** Content types and metadata are few, and shared by many objects. */
    private record Kind(String contentType, Map<String, String> metadata) {}

    private KnownBlobs(Path file, Optional<BundleId> point, byte[] rows, List<Kind> kinds) throws IOException {
        this.file = file;
        this.journalFile = file.resolveSibling(file.getFileName() + ".journal");
        this.point = point;
        this.rows = rows;
        this.kinds = kinds;
        kinds.forEach(each -> kindNumbers.putIfAbsent(each, kindNumbers.size()));
        replay();
        journal = open();
    }

    static KnownBlobs load(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (Files.isRegularFile(file)) {
            byte[] all = Files.readAllBytes(file);
            int body = all.length - DIGEST;
            if (body > 0
                    && Sha256.of(Arrays.copyOf(all, body))
                            .hex()
                            .equals(HexFormat.of().formatHex(all, body, all.length))) {
                try (var in = new DataInputStream(new ByteArrayInputStream(all, 0, body))) {
                    if (in.readUTF().equals(MAGIC)) {
                        BundleId point = BundleId.of(in.readUTF());
                        List<Kind> kinds = new ArrayList<>();
                        for (int left = in.readInt(); left > 0; left--) {
                            kinds.add(new Kind(in.readUTF(), metadata(in.readUTF())));
                        }
                        byte[] rows = new byte[Math.multiplyExact(in.readInt(), ROW)];
                        in.readFully(rows);
                        return new KnownBlobs(file, Optional.of(point), rows, kinds);
                    }
                }
            }
        }
        return new KnownBlobs(file, Optional.empty(), new byte[0], new ArrayList<>());
    }

    /** Whose blobs these are: every store with this point's seal has them all. Empty if nothing is known. */
    Optional<BundleId> point() {
        return point;
    }

    synchronized Optional<KnownBlob> find(BlobName name) {
        KnownBlob recent = fresh.get(name);
        if (recent != null) {
            return Optional.of(recent);
        }
        int at = at(name);
        return at < 0 ? Optional.empty() : Optional.of(row(name, at));
    }

    /** Where its row begins; -1 if there is none. */
    private int at(BlobName name) {
        byte[] wanted = HexFormat.of().parseHex(name.hex());
        int low = 0;
        int high = rows.length / ROW - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Arrays.compareUnsigned(rows, middle * ROW, middle * ROW + DIGEST, wanted, 0, DIGEST);
            if (order == 0) {
                return middle * ROW;
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** Whether {@link #point}'s seal lists it, so that no pruning takes it; else it was only sent since. */
    synchronized boolean listed(BlobName name) {
        return at(name) >= 0;
    }

    private KnownBlob row(BlobName name, int at) {
        var row = java.nio.ByteBuffer.wrap(rows);
        Kind kind = kinds.get(row.getInt(at + 3 * DIGEST + Long.BYTES));
        return new KnownBlob(
                name,
                row.getLong(at + 3 * DIGEST),
                digest(rows, at + DIGEST),
                digest(rows, at + 2 * DIGEST),
                kind.contentType(),
                kind.metadata());
    }

    private static Sha256 digest(byte[] bytes, int at) {
        return new Sha256(HexFormat.of().formatHex(bytes, at, at + DIGEST));
    }

    /** Remembers a blob that is at every destination now. */
    synchronized void add(KnownBlob blob) throws IOException {
        fresh.put(blob.name(), blob);
        write(journal, blob);
        journal.flush();
    }

    private static void write(DataOutputStream out, KnownBlob blob) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var line = new DataOutputStream(bytes)) {
            line.writeUTF(blob.name().hex());
            line.writeLong(blob.sealedSize());
            line.writeUTF(blob.sealed().hex());
            line.writeUTF(blob.plain().hex());
            line.writeUTF(blob.contentType());
            line.writeUTF(JSON.writeValueAsString(blob.metadata()));
        }
        out.writeInt(bytes.size());
        out.write(bytes.toByteArray());
        out.writeInt(Arrays.hashCode(bytes.toByteArray()));
    }

    /** What was written before the process was killed counts; a cut last entry does not. */
    private void replay() throws IOException {
        if (!Files.isRegularFile(journalFile)) {
            return;
        }
        try (var in = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(journalFile)))) {
            while (in.available() >= Integer.BYTES) {
                int length = in.readInt();
                if (length < 0 || length > in.available() - Integer.BYTES) {
                    return;
                }
                byte[] bytes = in.readNBytes(length);
                if (in.readInt() != Arrays.hashCode(bytes)) {
                    return;
                }
                try (var line = new DataInputStream(new ByteArrayInputStream(bytes))) {
                    BlobName name = new BlobName(line.readUTF());
                    fresh.put(
                            name,
                            new KnownBlob(
                                    name,
                                    line.readLong(),
                                    new Sha256(line.readUTF()),
                                    new Sha256(line.readUTF()),
                                    line.readUTF(),
                                    metadata(line.readUTF())));
                }
            }
        }
    }

    private DataOutputStream open() throws IOException {
        return new DataOutputStream(new BufferedOutputStream(
                Files.newOutputStream(journalFile, StandardOpenOption.CREATE, StandardOpenOption.APPEND)));
    }

    private static Map<String, String> metadata(String json) throws IOException {
        return JSON.readValue(json, new TypeReference<>() {});
    }

    /** Replaces everything by the blobs of a point that is sealed now. */
    synchronized void replaceBy(BundleId sealed, List<KnownBlob> blobs) throws IOException {
        List<KnownBlob> sorted = blobs.stream()
                .sorted(java.util.Comparator.comparing(KnownBlob::name))
                .toList();
        List<Kind> used = new ArrayList<>();
        Map<Kind, Integer> numbers = new HashMap<>();
        var body = new ByteArrayOutputStream();
        var table = new ByteArrayOutputStream(sorted.size() * ROW);
        try (var out = new DataOutputStream(table)) {
            for (KnownBlob each : sorted) {
                Kind kind = new Kind(each.contentType(), each.metadata());
                int number = numbers.computeIfAbsent(kind, k -> {
                    used.add(k);
                    return used.size() - 1;
                });
                out.write(HexFormat.of().parseHex(each.name().hex()));
                out.write(HexFormat.of().parseHex(each.sealed().hex()));
                out.write(HexFormat.of().parseHex(each.plain().hex()));
                out.writeLong(each.sealedSize());
                out.writeInt(number);
            }
        }
        try (var out = new DataOutputStream(body)) {
            out.writeUTF(MAGIC);
            out.writeUTF(sealed.toString());
            out.writeInt(used.size());
            for (Kind each : used) {
                out.writeUTF(each.contentType());
                out.writeUTF(JSON.writeValueAsString(each.metadata()));
            }
            out.writeInt(sorted.size());
            table.writeTo(out);
        }
        body.write(HexFormat.of().parseHex(Sha256.of(body.toByteArray()).hex()));
        WholeFile.write(file, body.toByteArray());
        journal.close();
        Files.deleteIfExists(journalFile);
        fresh.clear();
        journal = open();
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
