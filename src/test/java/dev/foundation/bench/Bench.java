package dev.foundation.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The figures of backups and of recovery: {@code Bench CACHE [SECTION...] [OPTION VALUE...] [--json]}, started by {@code ./foundation bench}. Contenders
 * take turns, each has the same files in the page cache and the same server; what is printed was measured in this run.
 */
public final class Bench {
    static final List<String> SECTIONS = List.of("backup", "unchanged", "memory", "points", "recover");

    private Bench() {}

    /**
     * What is asked for.
     *
     * @param size of the tree, in bytes
     * @param dump of the dump, in bytes
     * @param soak of the larger stream whose memory is measured; the smaller is a tenth of it
     * @param recovered what the point holds that {@code recover} restores
     * @param flags of the JVMs that recover
     * @param stores the servers that {@code backup} writes to
     */
    record Options(
            Set<String> sections,
            long size,
            long dump,
            long soak,
            int rounds,
            int blobs,
            int points,
            RecoverPoint.Size recovered,
            List<String> flags,
            List<LocalS3.Kind> stores,
            boolean json) {}

    /**
     * What every section needs.
     *
     * @param fast where a server's data may lie in memory
     * @param shared where another user gets to, on a disk
     */
    record Setting(
            Options options, BenchTools tools, BenchData data, Path work, Path fast, Path shared, Report report) {}

    public static void main(String[] args) throws Exception {
        Path cache = Path.of(args[0]);
        Options options;
        try {
            options = parse(List.of(args).subList(1, args.length));
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(2);
            return;
        }
        var report = new Report(options.json());
        var tools = new BenchTools(cache);
        Path folder = Files.createDirectories(cache.resolve("bench"));
        try (var work = new Scratch(folder);
                var fast = new Scratch(LocalS3.fastFolder(folder));
                var shared = new Scratch(Path.of("/var/tmp"))) {
            Files.setPosixFilePermissions(shared.folder(), PosixFilePermissions.fromString("rwx--x--x"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> removed(work, fast, shared)));
            var setting = new Setting(
                    options, tools, new BenchData(folder), work.folder(), fast.folder(), shared.folder(), report);
            report.say(machine(setting));
            for (String section : options.sections()) {
                switch (section) {
                    case "backup" -> BackupFigures.print(setting);
                    case "unchanged" -> UnchangedFigures.print(setting);
                    case "memory" -> MemoryFigures.print(setting);
                    case "points" -> PointsFigures.print(setting);
                    case "recover" -> RecoverFigures.print(setting);
                    default -> throw new IllegalStateException("only known sections are parsed");
                }
            }
        } catch (IOException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(1);
        }
        report.finish();
        System.exit(0);
    }

    /** Also after Ctrl-C: servers that still ran would write on. */
    private static void removed(Scratch... all) {
        List<ProcessHandle> left = ProcessHandle.current().descendants().toList();
        left.forEach(ProcessHandle::destroy);
        for (ProcessHandle each : left) {
            var _ = each.onExit().completeOnTimeout(each, 3, TimeUnit.SECONDS).join();
            each.destroyForcibly();
        }
        for (Scratch each : all) {
            try {
                each.close();
            } catch (IOException e) {
                System.err.println("bench: remove " + each.folder() + " by hand");
            }
        }
    }

    private static String machine(Setting setting) throws IOException {
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0];
        return "%d processors, load %s at the start; servers' data in %s; medians of %d rounds in turn, then (count: least to most)"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        load,
                        setting.fast().getParent(),
                        setting.options().rounds());
    }

    static Options parse(List<String> args) {
        Set<String> sections = new LinkedHashSet<>();
        long size = 4L << 30;
        long dump = -1;
        long soak = 10L << 30;
        int rounds = 3;
        int blobs = 100_000;
        int points = 10_000;
        long database = 1L << 30;
        long objects = 1L << 30;
        int repositories = 500;
        List<String> flags = RecoverTurns.FLAGS;
        List<LocalS3.Kind> stores = new ArrayList<>(List.of(LocalS3.Kind.SINK, LocalS3.Kind.VERSITYGW));
        boolean json = false;
        for (int i = 0; i < args.size(); i++) {
            String name = args.get(i);
            if (SECTIONS.contains(name)) {
                sections.add(name);
            } else if (name.equals("--json")) {
                json = true;
            } else {
                String value = i + 1 < args.size() ? args.get(++i) : "";
                switch (name) {
                    case "--size" -> size = bytes(value);
                    case "--dump" -> dump = bytes(value);
                    case "--soak" -> soak = bytes(value);
                    case "--rounds" -> rounds = number(value);
                    case "--blobs" -> blobs = number(value);
                    case "--points" -> points = number(value);
                    case "--database" -> database = bytes(value);
                    case "--objects" -> objects = bytes(value);
                    case "--repositories" -> repositories = number(value);
                    case "--flags" -> flags = List.of(value.strip().split("\\s+", -1));
                    case "--store" -> stores = List.of(kind(value));
                    default ->
                        throw new IllegalArgumentException(
                                "unknown: " + name + ". There are the sections up, " + String.join(", ", SECTIONS)
                                        + ", and --size 4g, --dump 2g, --soak 10g, --rounds 3, --blobs 100000,"
                                        + " --points 10000, --database 1g, --objects 1g, --repositories 500,"
                                        + " --flags '-Xmx400m', --store sink|versitygw|rustfs, --json");
                }
            }
        }
        return new Options(
                sections.isEmpty() ? new LinkedHashSet<>(SECTIONS) : sections,
                size,
                dump < 0 ? size / 2 : dump,
                soak,
                rounds,
                blobs,
                points,
                new RecoverPoint.Size(database, objects, repositories),
                flags,
                List.copyOf(stores),
                json);
    }

    private static LocalS3.Kind kind(String value) {
        try {
            return LocalS3.Kind.valueOf(value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--store is sink, versitygw or rustfs, not " + value);
        }
    }

    private static int number(String value) {
        if (!value.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("a whole number above 0 is wanted, not \"" + value + "\"");
        }
        return Integer.parseInt(value);
    }

    private static long bytes(String value) {
        if (!value.matches("[1-9][0-9]{0,8}[kmg]?")) {
            throw new IllegalArgumentException("a size such as 64m or 4g is wanted, not \"" + value + "\"");
        }
        long digits = Long.parseLong(value.replaceAll("[kmg]", ""));
        return switch (value.charAt(value.length() - 1)) {
            case 'k' -> digits << 10;
            case 'm' -> digits << 20;
            case 'g' -> digits << 30;
            default -> digits;
        };
    }
}
