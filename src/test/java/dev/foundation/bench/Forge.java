package dev.foundation.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What the services of a foundation hold, of a size: rows for its database, bare repositories for its forge. */
final class Forge {
    private static final int PIECE = 256 * 1024;
    private static final int FILES = 12;
    private static final int LARGEST = 48 * 1024;

    private Forge() {}

    /** Rows for {@code COPY}: number, words, moment, digest. A little less than {@code size} bytes, for none is cut. */
    static void rows(Path file, long size) throws IOException {
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
