package dev.foundation.bench;

import dev.foundation.age.AgeIdentity;
import dev.foundation.age.AgeKeys;
import dev.foundation.age.AgeOpener;
import dev.foundation.age.AgeSealer;
import dev.foundation.stream.Digesting;
import dev.foundation.stream.GunzipReader;
import dev.foundation.stream.ParallelGzip;
import dev.foundation.stream.ParallelZstd;
import dev.foundation.stream.ZstdReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How fast the engine is, into a sink that takes everything: {@code EngineBench [MiB] [rounds]}. Every stage runs in a JVM of its own; its first
 * round is cold (the JVM's start not counted), the best of the others warm. The shell's pipelines read the same bytes from a file in the page
 * cache, and the engine from that file too. {@code EngineBench stage <name> <file> <rounds>} runs one stage; {@code EngineBench soak <MiB>}
 * streams there and back at whatever heap the JVM has, and fails if the bytes differ.
 */
public final class EngineBench {
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final List<String> STAGES =
            List.of("digest", "gzip", "zstd", "seal", "gzip+seal", "zstd+seal", "unzstd+open");

    private EngineBench() {}

    public static void main(String[] args) throws Exception {
        switch (args.length == 0 ? "" : args[0]) {
            case "stage" -> stage(args[1], Path.of(args[2]), Integer.parseInt(args[3]));
            case "soak" -> soak(Long.parseLong(args[1]) << 20);
            default ->
                all(args.length < 1 ? 512 : Integer.parseInt(args[0]), args.length < 2 ? 4 : Integer.parseInt(args[1]));
        }
    }

    private static void all(int mib, int rounds) throws Exception {
        Path file = Files.createTempFile("engine", ".bin");
        try {
            try (InputStream tree = new FileTree((long) mib << 20);
                    OutputStream sink = Files.newOutputStream(file)) {
                tree.transferTo(sink);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d MiB, %d cores, load %.1f%n",
                    mib,
                    CORES,
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            String recipient = AgeIdentity.generate().recipient();
            for (String packer : List.of("gzip -6", "zstd -3 -q")) {
                shell(packer, mib, packer + " -c < '" + file + "' > /dev/null");
                shell(
                        packer + " | sha256sum | age | sha256sum",
                        mib,
                        packer + " -c < '" + file + "' | tee /proc/self/fd/3 3> >(sha256sum > /dev/null) | age -r "
                                + recipient + " | tee /dev/null | sha256sum > /dev/null");
            }
            for (String stage : STAGES) {
                List<String> command = new ArrayList<>(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EngineBench.class.getName()));
                command.addAll(List.of("stage", stage, file.toString(), Integer.toString(rounds)));
                new ProcessBuilder(command).inheritIO().start().waitFor();
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void shell(String name, int mib, String script) throws Exception {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 2; round++) {
            long begun = System.nanoTime();
            if (new ProcessBuilder("bash", "-o", "pipefail", "-c", script)
                            .inheritIO()
                            .start()
                            .waitFor()
                    != 0) {
                throw new IOException("the shell pipeline failed: " + name);
            }
            best = Math.min(best, (System.nanoTime() - begun) / 1e9);
        }
        System.out.printf(Locale.ROOT, "shell  %-42s %7.0f MB/s%n", name, mib * 1.048576 / best);
    }

    private static void stage(String name, Path file, int rounds) throws IOException {
        AgeIdentity identity = AgeIdentity.generate();
        Path source = name.startsWith("un") ? packed(file, identity) : file;
        double cold = 0;
        double warm = 0;
        double cpu = Double.MAX_VALUE;
        long size = Files.size(file);
        for (int round = 0; round < rounds; round++) {
            long begun = System.nanoTime();
            long busy = busy();
            try (InputStream bytes = Files.newInputStream(source);
                    InputStream stream = pipeline(name, bytes, identity)) {
                stream.transferTo(OutputStream.nullOutputStream());
            }
            double rate = size / 1e6 / ((System.nanoTime() - begun) / 1e9);
            cold = round == 0 ? rate : cold;
            warm = round == 0 ? 0 : Math.max(warm, rate);
            cpu = Math.min(cpu, (busy() - busy) / 1e6 / (size / 1e6));
        }
        if (!source.equals(file)) {
            Files.delete(source);
        }
        System.out.printf(
                Locale.ROOT,
                "engine %-20s cold %6.0f MB/s, warm %6.0f MB/s, %5.2f CPU-ms a MB%n",
                name,
                cold,
                warm,
                cpu);
    }

    private static long busy() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static Path packed(Path file, AgeIdentity identity) throws IOException {
        Path packed = Files.createTempFile("engine", ".zst.age");
        try (InputStream bytes = Files.newInputStream(file);
                InputStream stream = pipeline("zstd+seal", bytes, identity);
                OutputStream sink = Files.newOutputStream(packed)) {
            stream.transferTo(sink);
        }
        return packed;
    }

    private static InputStream pipeline(String name, InputStream source, AgeIdentity identity) throws IOException {
        List<String> to = List.of(identity.recipient());
        return switch (name) {
            case "digest" -> new Digesting(source);
            case "gzip" -> ParallelGzip.compress(source, CORES);
            case "zstd" -> ParallelZstd.compress(source, CORES);
            case "seal" -> AgeSealer.seal(source, to, CORES);
            case "gzip+seal" ->
                new Digesting(AgeSealer.seal(new Digesting(ParallelGzip.compress(source, CORES)), to, CORES));
            case "zstd+seal" ->
                new Digesting(AgeSealer.seal(new Digesting(ParallelZstd.compress(source, CORES)), to, CORES));
            case "unzstd+open" ->
                new ZstdReader(new Digesting(
                        AgeOpener.open(new Digesting(source), AgeKeys.of(List.of(identity.identity())), CORES)));
            default -> throw new IllegalArgumentException("no such stage: " + name);
        };
    }

    private static void soak(long size) throws IOException {
        AgeIdentity identity = AgeIdentity.generate();
        for (boolean zstd : new boolean[] {true, false}) {
            Digesting before = new Digesting(new FileTree(size));
            InputStream packed = zstd ? ParallelZstd.compress(before, CORES) : ParallelGzip.compress(before, 1, CORES);
            InputStream opened = AgeOpener.open(
                    new Digesting(AgeSealer.seal(packed, List.of(identity.recipient()), CORES)),
                    AgeKeys.of(List.of(identity.identity())),
                    CORES);
            try (Digesting after = new Digesting(zstd ? new ZstdReader(opened) : new GunzipReader(opened))) {
                after.transferTo(OutputStream.nullOutputStream());
                if (after.size() != size || !after.sha256().equals(before.sha256())) {
                    throw new IOException("what came back is not what was sent");
                }
            }
        }
        System.out.println("whole");
    }
}
