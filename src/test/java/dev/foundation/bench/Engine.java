package dev.foundation.bench;

import dev.foundation.age.AgeIdentity;
import dev.foundation.age.AgeSealer;
import dev.foundation.artifact.forgejo.ForgejoVolume;
import dev.foundation.objectstore.S3Access;
import dev.foundation.process.Command;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.Outcome;
import dev.foundation.store.Tee;
import dev.foundation.store.s3.S3Store;
import dev.foundation.stream.Digesting;
import dev.foundation.stream.ParallelGzip;
import dev.foundation.stream.ParallelZstd;
import dev.foundation.stream.ProcessSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The engine in a JVM of its own, as a run of the backup puts it together for one artifact: source, compression, digest, age, digest, upload.
 * Each line of standard input is a piece of work, words between tabs; each is answered by a line, {@code ok} and numbers.
 */
public final class Engine {
    private static final int CORES = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final ObjectStore store;
    private final List<String> recipients = List.of(AgeIdentity.generate().recipient());

    private Engine(ObjectStore store) {
        this.store = store;
    }

    /** @param args endpoint, access key, secret key (the bench's own, of a server that lives as long as it) */
    public static void main(String[] args) throws Exception {
        var access = new S3Access(URI.create(args[0]), "us-east-1", args[1], args[2]);
        var engine = new Engine(new S3Store("bench", access, LocalS3.BUCKET, true));
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println("ok " + engine.answer(line.split("\t", -1)));
        }
    }

    private String answer(String[] words) throws IOException, InterruptedException {
        double cpu = Cpu.seconds();
        long begun = System.nanoTime();
        String numbers = switch (words[0]) {
            case "tree" -> tree(Path.of(words[1]), ObjectKey.of(words[2]));
            case "dump" -> dump(Path.of(words[1]), ObjectKey.of(words[2]));
            case "zstd", "gzip" -> generated(words[0], Long.parseLong(words[1]), ObjectKey.of(words[2]));
            case "stage" -> stage(words);
            default -> throw new IllegalArgumentException("no such work: " + words[0]);
        };
        return String.format(
                Locale.ROOT,
                "%.6f %.3f %s",
                (System.nanoTime() - begun) / 1e9,
                Cpu.seconds() - cpu,
                numbers);
    }

    private String tree(Path tree, ObjectKey key) throws IOException, InterruptedException {
        try (var volume = new ForgejoVolume(tree, List.of(), tar -> ParallelZstd.compress(tar, CORES))) {
            return send(volume.content(), key);
        }
    }

    private String dump(Path dump, ObjectKey key) throws IOException, InterruptedException {
        try (var cat = ProcessSource.start(
                Command.of(List.of("cat", dump.toString())).within(java.time.Duration.ofHours(1)))) {
            return send(ParallelGzip.compress(cat, CORES), key);
        }
    }

    private String generated(String packer, long size, ObjectKey key) throws IOException, InterruptedException {
        InputStream source = new FileTree(size);
        HeapPeak peak = HeapPeak.watch();
        String sent = send(
                packer.equals("zstd") ? ParallelZstd.compress(source, CORES) : ParallelGzip.compress(source, CORES),
                key);
        return sent + " " + peak.end();
    }

    /** Sealed bytes. */
    private String send(InputStream packed, ObjectKey key) throws IOException, InterruptedException {
        try (var sealed = new Digesting(AgeSealer.seal(new Digesting(packed), recipients, CORES))) {
            var outcome = Tee.copy(sealed, key, List.of(store)).get(store.name());
            if (!(outcome instanceof Outcome.Kept)) {
                throw new IOException("the upload failed: " + outcome);
            }
            return Long.toString(sealed.size());
        }
    }

    /** One stage alone: its name, a file, how many bytes of it; repeated from memory, so that nothing but the stage counts. */
    private String stage(String[] words) throws IOException, InterruptedException {
        long size = Long.parseLong(words[3]);
        Path path = Path.of(words[2]);
        if (words[1].equals("tar")) {
            try (var volume = new ForgejoVolume(path, List.of(), tar -> tar)) {
                return Long.toString(drain(volume.content()));
            }
        }
        var source = new Repeated(path, size);
        return switch (words[1]) {
            case "gzip" -> Long.toString(drain(ParallelGzip.compress(source, CORES)));
            case "zstd" -> Long.toString(drain(ParallelZstd.compress(source, CORES)));
            case "seal" -> Long.toString(drain(AgeSealer.seal(source, recipients, CORES)));
            case "digest" -> Long.toString(drain(new Digesting(source)));
            case "put" -> {
                var outcome = Tee.copy(source, ObjectKey.of("stage/" + System.nanoTime()), List.of(store));
                yield outcome.get(store.name()) instanceof Outcome.Kept ? Long.toString(size) : "0";
            }
            default -> throw new IllegalArgumentException("no such stage: " + words[1]);
        };
    }

    private static long drain(InputStream stream) throws IOException {
        try (stream) {
            return stream.transferTo(OutputStream.nullOutputStream());
        }
    }
}
