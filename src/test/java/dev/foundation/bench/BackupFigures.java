package dev.foundation.bench;

import dev.foundation.bench.Bench.Setting;
import dev.foundation.objectstore.S3Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A tree and a dump, from disk (the page cache) to S3: ours, the shell's pipeline with the same formats, restic. */
final class BackupFigures {
    private static final int CORES = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final Setting setting;
    private final LocalS3 server;
    private final Peers peers;

    private BackupFigures(Setting setting, LocalS3 server, Path work) {
        this.setting = setting;
        this.server = server;
        this.peers = new Peers(setting.tools(), server, work);
    }

    static void print(Setting setting) throws IOException, InterruptedException {
        Path tree = setting.data().tree(setting.options().size());
        Path dump = setting.data().dump(setting.options().dump());
        for (LocalS3.Kind kind : setting.options().stores()) {
            Path folder = Files.createDirectories(setting.fast().resolve("backup-" + kind));
            try (LocalS3 server = LocalS3.start(kind, setting.tools(), folder)) {
                var figures = new BackupFigures(setting, server, setting.work());
                figures.contest("tree", tree, setting.options().size());
                figures.contest("dump", dump, setting.options().dump());
            }
        }
    }

    private Child engine() throws IOException {
        return engine(server, Child.AGENTS);
    }

    static Child engine(LocalS3 server, List<String> flags) throws IOException {
        S3Access access = server.access();
        return Child.start(
                flags, Engine.class, List.of(access.endpoint().toString(), access.accessKey(), access.secretKey()));
    }

    /** Each round every contender once, beginning with another one; the warm JVM has done the work once before. */
    private void contest(String what, Path source, long size) throws IOException, InterruptedException {
        List<Double> warm = new ArrayList<>();
        List<Double> cold = new ArrayList<>();
        List<Double> shell = new ArrayList<>();
        List<Double> restic = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        long[] sealed = new long[1];
        List<Double> serverCpu = new ArrayList<>();
        try (Child child = engine()) {
            progress(what, 0);
            double[] first = child.ask(what, source, name("warming"));
            sealed[0] = (long) first[2];
            server.clean("ours");
            for (int round = 1; round <= setting.options().rounds(); round++) {
                progress(what, round);
                int r = round;
                List<Turn> turns = new ArrayList<>(List.of(
                        () -> {
                            long start = server.cpuMillis();
                            double[] numbers = child.ask(what, source, name("warm" + r));
                            warm.add(numbers[0]);
                            cpu.add(numbers[1]);
                            serverCpu.add((server.cpuMillis() - start) / 1000.0);
                            server.clean("ours");
                        },
                        () -> {
                            try (Child fresh = engine()) {
                                double[] _ = fresh.ask(what, source, name("cold" + r));
                                cold.add(fresh.end());
                            }
                            server.clean("ours");
                        },
                        () -> {
                            shell.add(
                                    what.equals("tree")
                                            ? peers.shellTree(source, "shell/" + what + r)
                                            : peers.shellDump(source, "shell/" + what + r));
                            server.clean("shell");
                        },
                        () -> {
                            String repository = "restic/" + what + r;
                            peers.resticInit(repository);
                            restic.add(
                                    what.equals("tree")
                                            ? peers.resticTree(source, repository)
                                            : peers.resticDump(source, repository));
                            server.clean("restic");
                        }));
                java.util.Collections.rotate(turns, round);
                for (Turn turn : turns) {
                    turn.take();
                }
            }
        }
        double mb = size / 1e6;
        setting.report()
                .table(
                        String.format(
                                Locale.ROOT,
                                "backup: a %s of %.1f MB (%.2f of it as stored) to %s",
                                what,
                                mb,
                                sealed[0] / (double) size,
                                server.kind()),
                        mb)
                .add("ours, warm JVM", warm, "")
                .add("ours, from the start of a JVM to its end", cold, "")
                .add("tree".equals(what) ? "tar | zstd -3 | age | rclone rcat" : "cat | gzip | age | rclone rcat", shell, "warm: " + Report.ratio(shell, warm, 1.5) + ", cold: " + Report.ratio(shell, cold, 1))
                .add("restic backup, the first" + (what.equals("dump") ? " (--stdin)" : ""), restic, "warm: " + Report.ratio(restic, warm, 2) + ", cold: " + Report.ratio(restic, cold, 1))
                .print();
        limit(what, source, size, sealed[0], Report.median(warm), Report.median(cpu), Report.median(serverCpu));
    }

    @FunctionalInterface
    private interface Turn {
        void take() throws IOException, InterruptedException;
    }

    private static String name(String run) {
        return "ours/" + run + "-" + System.nanoTime();
    }

    private static void progress(String what, int round) {
        System.err.println("backup of the " + what + (round == 0 ? ": warming up" : ": round " + round));
    }

    /**
     * Each stage alone gives its CPU time for a MB of the source. All of them on all cores, and none waiting for another, is what cannot be beaten; nor
     * can the slowest of the stages that use one core.
     */
    private void limit(
            String what, Path source, long size, long sealed, double seconds, double cpu, double serverCpu)
            throws IOException, InterruptedException {
        boolean tree = what.equals("tree");
        double packed = sealed / (double) size;
        Path sample = tree ? sample(source) : source;
        Map<String, Double> cost = new LinkedHashMap<>();
        Map<String, Double> single = new LinkedHashMap<>();
        long amount = Math.min(size, 256L << 20);
        try (Child child = engine(server, List.of("-XX:+UseSerialGC", "-Xmx400m"))) {
            if (tree) {
                double[] tar = measure(child, "tar", source, size);
                cost.put("tar", tar[1]);
                single.put("tar", tar[0]);
            }
            String packer = tree ? "zstd" : "gzip";
            cost.put(packer, measure(child, packer, sample, amount)[1]);
            Path noise = noise();
            cost.put("age", packed * measure(child, "seal", noise, amount)[1]);
            double[] digest = measure(child, "digest", noise, amount);
            cost.put("sha256 twice", 2 * packed * digest[1]);
            single.put("sha256", packed * digest[0]);
            long start = server.cpuMillis();
            double[] put = measure(child, "put", noise, amount);
            cost.put("put", packed * put[1]);
            // Twice, for measure() runs it twice.
            cost.put(server.kind().toString(), packed * (server.cpuMillis() - start) / 2.0 / (amount / 1e6));
            server.clean("stage");
        }
        double all = cost.values().stream().mapToDouble(Double::doubleValue).sum();
        double cores = CORES * 1000 / all;
        var slowest = single.entrySet().stream().max(Map.Entry.comparingByValue());
        double serial = slowest.map(each -> 1000 / each.getValue()).orElse(Double.MAX_VALUE);
        double best = Math.min(cores, serial);
        double achieved = size / 1e6 / seconds;
        var first = cost.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        StringBuilder parts = new StringBuilder();
        cost.forEach((name, value) -> parts.append(String.format(Locale.ROOT, "%s %.2f, ", name, value)));
        setting.report()
                .say(String.format(
                        Locale.ROOT,
                        "  Bottleneck: %s, %.0f %% of the CPU. The stages alone take %sin all %.2f ms of CPU a MB; %d cores could do %.0f MB/s%s; reached: %.0f MB/s,"
                                + " %.0f %% of it (goal 90 %%). Used in the run: %.2f ms of CPU a MB, %.2f of it by %s.",
                        first.getKey(),
                        100 * first.getValue() / all,
                        parts,
                        all,
                        CORES,
                        cores,
                        serial < cores
                                ? String.format(
                                        Locale.ROOT, ", but %s, on one core, %.0f", slowest.orElseThrow().getKey(), serial)
                                : "",
                        achieved,
                        100 * achieved / best,
                        1e3 * (cpu + serverCpu) / (size / 1e6),
                        1e3 * serverCpu / (size / 1e6),
                        server.kind()));
    }

    /** The second of two runs: milliseconds and CPU milliseconds for a MB. */
    private static double[] measure(Child child, String stage, Path source, long size) throws IOException {
        double[] _ = child.ask("stage", stage, source, size);
        double[] numbers = child.ask("stage", stage, source, size);
        return new double[] {numbers[0] * 1e9 / size, numbers[1] * 1e9 / size};
    }

    private Path sample(Path tree) throws IOException, InterruptedException {
        Path file = setting.work().resolve("sample.tar");
        double _ = new Shell(setting.work().resolve("sample.log"))
                .run("set +o pipefail; tar -C '" + tree + "' -cf - . | head -c 50331648 > '" + file + "'", Map.of());
        return file;
    }

    private Path noise() throws IOException {
        Path file = setting.work().resolve("noise");
        byte[] bytes = new byte[48 << 20];
        new SeededBytes(5).noise(bytes, 0, bytes.length);
        Files.write(file, bytes);
        return file;
    }
}
