package dev.foundation.prune;

import dev.foundation.bundle.BlobName;
import dev.foundation.bundle.BlobTable;
import dev.foundation.store.ObjectStore;
import dev.foundation.stream.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first phase of collecting blobs: which ones a run of pruning found in no seal, and which run that was. In the pruner's own file: nobody who writes to a
 * store reaches it. Losing it costs a day. Cannot be changed.
 */
public final class Marks {
    private static final String MAGIC = "foundation-marks-1";
    private static final int DIGEST = 32;
    private static final Marks NONE = new Marks(BlobTable.empty(), List.of());

    /** The moment of a table's row is the number of its run. */
    private final BlobTable blobs;

    private final List<Run> runs;

    /**
     * A run of pruning.
     *
     * @param at by the pruner's clock
     * @param storeTime when the newest point was sealed, by the store's clock
     * @param sequence of the newest point
     */
    record Run(Instant at, Instant storeTime, long sequence) {}

    private Marks(BlobTable blobs, List<Run> runs) {
        this.blobs = blobs;
        this.runs = List.copyOf(runs);
    }

    public static Marks none() {
        return NONE;
    }

    public int count() {
        return blobs.count();
    }

    Optional<Run> of(BlobName blob) {
        int row = blobs.find(blob);
        return row < 0 ? Optional.empty() : Optional.of(runs.get((int) blobs.moment(row)));
    }

    /** Takes blobs by name. */
    static final class Builder {
        private final BlobTable.Builder blobs = new BlobTable.Builder();
        private final Map<Run, Integer> runs = new HashMap<>();
        private final List<Run> inOrder = new ArrayList<>();

        void add(BlobName blob, Run run) {
            int number = runs.computeIfAbsent(run, any -> {
                inOrder.add(any);
                return inOrder.size() - 1;
            });
            blobs.add(blob, 0, number);
        }

        Marks build() {
            return new Marks(blobs.build(), inOrder);
        }
    }

    /** What was saved for this store; none if the file is missing, damaged, or another store's. */
    public static Marks load(Path file, ObjectStore store) throws IOException {
        byte[] all;
        try {
            all = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return NONE;
        }
        int body = all.length - DIGEST;
        if (body <= 0
                || !Sha256.of(Arrays.copyOf(all, body))
                        .hex()
                        .equals(HexFormat.of().formatHex(all, body, all.length))) {
            return NONE;
        }
        try (var in = new DataInputStream(new ByteArrayInputStream(all, 0, body))) {
            if (!in.readUTF().equals(MAGIC)
                    || !in.readUTF().equals(store.name())
                    || !in.readUTF().equals(store.place())) {
                return NONE;
            }
            List<Run> runs = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                runs.add(new Run(
                        Instant.ofEpochMilli(in.readLong()), Instant.ofEpochMilli(in.readLong()), in.readLong()));
            }
            var blobs = new BlobTable.Builder();
            byte[] name = new byte[DIGEST];
            for (int left = in.readInt(); left > 0; left--) {
                in.readFully(name);
                blobs.add(new BlobName(HexFormat.of().formatHex(name)), 0, in.readInt());
            }
            return new Marks(blobs.build(), runs);
        }
    }

    /** Whole or not at all. @param file in a folder that is there */
    public void save(Path file, ObjectStore store) throws IOException {
        var body = new ByteArrayOutputStream(blobs.count() * (DIGEST + Integer.BYTES) + 1024);
        try (var out = new DataOutputStream(body)) {
            out.writeUTF(MAGIC);
            out.writeUTF(store.name());
            out.writeUTF(store.place());
            out.writeInt(runs.size());
            for (Run each : runs) {
                out.writeLong(each.at().toEpochMilli());
                out.writeLong(each.storeTime().toEpochMilli());
                out.writeLong(each.sequence());
            }
            out.writeInt(blobs.count());
            for (int row = 0; row < blobs.count(); row++) {
                out.write(HexFormat.of().parseHex(blobs.name(row).hex()));
                out.writeInt((int) blobs.moment(row));
            }
        }
        byte[] bytes = body.toByteArray();
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                        next,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                var out = Channels.newOutputStream(channel)) {
            out.write(bytes);
            out.write(HexFormat.of().parseHex(Sha256.of(bytes).hex()));
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
