package dev.foundation.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What is backed up: made once from a seed, and kept in the cache. A folder that was made to its end has a file {@code .whole} beside it. */
final class BenchData {
    private static final int PIECE = 256 * 1024;
    private static final int FILES_A_FOLDER = 200;

    private final Path folder;

    BenchData(Path folder) {
        this.folder = folder;
    }

    /** A tree of files as of a forge: many small, few large, three quarters text and a quarter packed already. */
    Path tree(long size) throws IOException, InterruptedException {
        Path root = folder.resolve("tree-" + size);
        return once(root, () -> {
            var bytes = new SeededBytes(11);
            byte[] buffer = new byte[4 << 20];
            long left = size;
            for (int i = 0; left > 0; i++) {
                int kind = bytes.below(100);
                int length = kind < 60
                        ? 1024 + bytes.below(15 << 10)
                        : kind < 95 ? (16 << 10) + bytes.below(240 << 10) : (512 << 10) + bytes.below(3 << 20);
                length = (int) Math.min(length, left);
                fill(bytes, buffer, length);
                Path file = root.resolve("repos/r%04d/f%06d".formatted(i / FILES_A_FOLDER, i));
                Files.createDirectories(file.getParent());
                write(file, buffer, length);
                left -= length;
            }
        });
    }

    private static void fill(SeededBytes bytes, byte[] buffer, int length) {
        if (bytes.below(100) < 75) {
            bytes.prose(buffer, 0, length);
        } else {
            bytes.noise(buffer, 0, length);
        }
    }

    private static void write(Path file, byte[] buffer, int length) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(buffer, 0, length);
        }
    }

    /** One file of rows. */
    Path dump(long size) throws IOException, InterruptedException {
        Path file = folder.resolve("dump-" + size + ".sql");
        return once(file, () -> {
            var bytes = new SeededBytes(12);
            byte[] buffer = new byte[PIECE];
            try (OutputStream out = Files.newOutputStream(file)) {
                for (long at = 0; at < size; at += buffer.length) {
                    int length = (int) Math.min(buffer.length, size - at);
                    bytes.rows(buffer, 0, length, at);
                    out.write(buffer, 0, length);
                }
            }
        });
    }

    /** So many files of one to four KiB. Not kept: it is changed. */
    static void smallFiles(Path root, int count) throws IOException {
        var bytes = new SeededBytes(13);
        byte[] buffer = new byte[4096];
        for (int i = 0; i < count; i++) {
            int length = 1024 + bytes.below(3072);
            fill(bytes, buffer, length);
            Path file = small(root, i);
            Files.createDirectories(file.getParent());
            write(file, buffer, length);
        }
    }

    /** Other content, of another length, in so many of them, spread over all. */
    static void change(Path root, int count, int changed, long seed) throws IOException {
        var bytes = new SeededBytes(seed);
        byte[] buffer = new byte[8192];
        for (int i = 0; i < changed; i++) {
            int length = 4097 + bytes.below(4000);
            fill(bytes, buffer, length);
            write(small(root, (int) ((long) i * count / changed)), buffer, length);
        }
    }

    private static Path small(Path root, int number) {
        return root.resolve("d%03d/o%06d".formatted(number / 1000, number));
    }

    @FunctionalInterface
    private interface Making {
        void run() throws IOException;
    }

    private static Path once(Path path, Making making) throws IOException, InterruptedException {
        Path whole = path.resolveSibling(path.getFileName() + ".whole");
        if (!Files.exists(whole)) {
            System.err.println("making " + path);
            Scratch.remove(path);
            Files.createDirectories(path.getParent());
            making.run();
            // Written out now, not beside the first measurement.
            new ProcessBuilder("sync").inheritIO().start().waitFor();
            Files.writeString(whole, "", StandardOpenOption.CREATE);
        }
        return path;
    }
}
