package dev.foundation.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What the services of a foundation hold, of a size: rows for its database, objects for its buckets, bare repositories for its forge. */
final class Forge {
    private static final int PIECE = 256 * 1024;
    private static final int FILES = 12;
    private static final int LARGEST = 48 * 1024;

    private Forge() {}

    /** Rows for {@code COPY}: number, words, moment, digest. A little less than {@code size} bytes, for none is cut. */
    private static void rows(Path file, long size) throws IOException {
        var bytes = new SeededBytes(21);
        byte[] buffer = new byte[PIECE];
        long number = 1;
        try (var out = Files.newOutputStream(file)) {
            for (long left = size; left > 0; ) {
                int length = (int) Math.min(buffer.length, left);
                bytes.rows(buffer, 0, length, number);
                left -= length;
                int end = length;
                while (end > 0 && buffer[end - 1] != '\n') {
                    end--;
                }
                for (int i = 0; i < end; i++) {
                    number += buffer[i] == '\n' ? 1 : 0;
                }
                out.write(buffer, 0, end);
            }
        }
    }

    /** A folder of files as of a forge, of which an eighth is one large one. */
    static Path objects(Path folder, long size) throws IOException, InterruptedException {
        Path objects = new BenchData(folder).tree(size - size / 8);
        byte[] noise = new byte[1 << 20];
        var bytes = new SeededBytes(23);
        try (OutputStream out = Files.newOutputStream(objects.resolve("large"))) {
            for (long left = size / 8; left > 0; left -= noise.length) {
                bytes.noise(noise, 0, noise.length);
                out.write(noise, 0, (int) Math.min(noise.length, left));
            }
        }
        return objects;
    }

    /**
     * A role, and its database of one table with two indexes.
     *
     * @param folder for the rows on their way
     */
    static void database(LocalPostgres postgres, Path folder, long size) throws IOException, InterruptedException {
        Path rows = folder.resolve("rows");
        rows(rows, size);
        String psql = "'" + LocalPostgres.programs().resolve("psql") + "' -X -q -v ON_ERROR_STOP=1 ";
        double _ = new Shell(folder.resolve("database.log"))
                .run(
                        psql
                                + "-d postgres -c \"create role forgejo login password 'bench'\" -c 'create database"
                                + " forgejo owner forgejo'\n"
                                + psql
                                + "-d forgejo -c 'create table content (id bigint, words text, made timestamptz,"
                                + " digest text)' -c \"\\\\copy content from '" + rows
                                + "'\" -c 'alter table content add primary"
                                + " key (id)' -c 'create index on content"
                                + " (digest)'",
                        LocalPostgres.environment(postgres.port()));
        Files.delete(rows);
    }

    /** So many bare repositories, each of one commit of a dozen files that lie loose in it, as after a push. */
    static void repositories(Path root, int count) throws IOException, InterruptedException {
        var bytes = new SeededBytes(22);
        Path owner = Files.createDirectories(root.resolve("git/repositories/bench"));
        for (int i = 0; i < count; i++) {
            String repository =
                    owner.resolve(String.format(Locale.ROOT, "r%05d.git", i)).toString();
            run(List.of("git", "init", "-q", "--bare", "-b", "main", repository), new byte[0]);
            run(List.of("git", "-C", repository, "fast-import", "--quiet"), commit(bytes));
        }
    }

    /** In the language of git-fast-import(1). */
    private static byte[] commit(SeededBytes bytes) throws IOException {
        var all = new ByteArrayOutputStream();
        all.writeBytes(ascii("""
                commit refs/heads/main
                committer Bench <bench@localhost> 1795230000 +0000
                data 5
                bench
                """));
        byte[] buffer = new byte[LARGEST];
        for (int i = 0; i < FILES; i++) {
            int length = 1024 + bytes.below(LARGEST - 1024);
            if (i % 4 == 3) {
                bytes.noise(buffer, 0, length);
            } else {
                bytes.prose(buffer, 0, length);
            }
            all.writeBytes(ascii("M 100644 inline file" + i + "\ndata " + length + "\n"));
            all.write(buffer, 0, length);
            all.write('\n');
        }
        return all.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void run(List<String> command, byte[] input) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var sink = process.getOutputStream()) {
            sink.write(input);
        }
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }
}
