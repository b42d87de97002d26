package dev.foundation.bench;

import dev.foundation.bench.Bench.Setting;
import dev.foundation.objectstore.S3Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** The turns of one point: each into a target that was just made, and is removed afterwards. Seconds are of the work alone. */
final class RecoverTurns {
    private static final int CORES = Math.max(2, Runtime.getRuntime().availableProcessors());

    /** As {@code ./foundation} starts the command line and the provider. */
    static final List<String> FLAGS = List.of("-XX:+UseSerialGC");

    /** {@code docker} for a volume that is a folder: the programs of its containers run here. */
    private static final String DOCKER = """
        #!/usr/bin/env bash
        set -euo pipefail
        inside=/foundation-files
        case $1 in
          inspect) echo '[{"CreatedAt": "2026-11-21T03:00:00Z"}]' ;;
          create | rm) ;;
          cp)
            if [[ $2 == - ]]; then
              exec tar --extract --preserve-permissions --file=- --directory="$BENCH_VOLUME"
            fi
            file=$BENCH_VOLUME${2#*:"$inside"}
            [[ -e $file ]] || { echo 'no such file' >&2; exit 1; }
            exec tar --create --owner=0 --group=0 --numeric-owner --file=- --directory="${file%/*}" "${file##*/}"
            ;;
          run)
            while [[ $1 != --entrypoint ]]; do shift; done
            program=$2
            shift 3
            exec "$program" "${@//$inside/$BENCH_VOLUME}"
            ;;
          *) echo "what is docker $1?" >&2; exit 2 ;;
        esac
        """;

    private final Setting setting;
    private final RecoverPoint point;
    private final Shell shell;
    private final String path;
    private int targets;

    RecoverTurns(Setting setting, RecoverPoint point) throws IOException {
        this.setting = setting;
        this.point = point;
        this.shell = new Shell(setting.work().resolve("recover.log"));
        Path programs = Files.createDirectories(setting.work().resolve("programs"));
        Path docker = Files.writeString(programs.resolve("docker"), DOCKER);
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
        this.path = programs + ":" + System.getenv().getOrDefault("PATH", "");
    }

    /** A JVM that has just started. */
    Child child() throws IOException {
        return Child.start(setting.options().flags(), Restores.class, point.arguments(), Map.of("PATH", path));
    }

    private Path target(Path parent) {
        return parent.resolve("target" + targets++);
    }

    /** What was written is on the disk before the next one begins. */
    private void settle() throws IOException, InterruptedException {
        double _ = shell.run("sync -f " + Peers.quoted(setting.work()), Map.of());
    }

    /** @param stage stays, for the steps that follow */
    double[] read(Child child, Path stage) throws IOException, InterruptedException {
        settle();
        return child.ask("read", stage);
    }

    /** {@code sha256sum} on all cores, then {@code cp}. */
    double readAlone() throws IOException, InterruptedException {
        settle();
        Path copy = target(setting.work());
        try {
            return shell.run(
                    "find " + Peers.quoted(point.store()) + " -type f -print0 | xargs -0 -n 16 -P " + CORES
                            + " sha256sum > " + Peers.quoted(setting.work().resolve("sums")) + "; cp -r "
                            + Peers.quoted(point.store().resolve(point.id().toString())) + " " + Peers.quoted(copy),
                    Map.of());
        } finally {
            Scratch.remove(copy);
        }
    }

    double[] postgres(Child child, Path stage) throws IOException, InterruptedException {
        return withPostgres(port -> child.ask("postgres", stage, port));
    }

    double postgresAlone() throws IOException, InterruptedException {
        Path psql = LocalPostgres.programs().resolve("psql");
        return withPostgres(port -> shell.run(
                Peers.quoted(psql) + " -X -q -v ON_ERROR_STOP=1 -o /dev/null -d postgres -f "
                        + Peers.quoted(point.script()),
                LocalPostgres.environment(port)));
    }

    double[] forgejo(Child child, Path stage) throws IOException, InterruptedException {
        return withVolume(volume -> child.ask("forgejo", stage, volume));
    }

    double forgejoAlone() throws IOException, InterruptedException {
        return withVolume(volume -> shell.run(
                "tar -x --numeric-owner -f " + Peers.quoted(point.tar()) + " -C " + Peers.quoted(volume), Map.of()));
    }

    double[] buckets(Child child, Path stage) throws IOException, InterruptedException {
        return withServer(server -> child.ask(buckets(stage, server)));
    }

    double bucketsAlone() throws IOException, InterruptedException {
        return withServer(server -> new Peers(setting.tools(), server, setting.work())
                .rcloneSync(point.objects(), RecoverPoint.BUCKET, ""));
    }

    /** All three at once, as {@code up} begins them. */
    double[] together(Child child, Path stage) throws IOException, InterruptedException {
        return withPostgres(port -> withVolume(volume -> withServer(server ->
                child.ask("postgres", stage, port, "+", "forgejo", stage, volume, "+", buckets(stage, server)))));
    }

    private static String buckets(Path stage, LocalS3 server) {
        S3Access access = server.access();
        return String.join(
                "\t",
                "buckets",
                stage.toString(),
                access.endpoint().toString(),
                access.accessKey(),
                access.secretKey());
    }

    private interface Into<T, R> {
        R work(T target) throws IOException, InterruptedException;
    }

    private <R> R withPostgres(Into<Integer, R> into) throws IOException, InterruptedException {
        Path folder = target(setting.shared());
        try (LocalPostgres server = LocalPostgres.start(folder)) {
            settle();
            return into.work(server.port());
        } finally {
            Scratch.remove(folder);
        }
    }

    private <R> R withVolume(Into<Path, R> into) throws IOException, InterruptedException {
        Path volume = Files.createDirectories(target(setting.work()));
        try {
            settle();
            return into.work(volume);
        } finally {
            Scratch.remove(volume);
        }
    }

    private <R> R withServer(Into<LocalS3, R> into) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(target(setting.fast()));
        try (LocalS3 server = LocalS3.start(LocalS3.Kind.VERSITYGW, setting.tools(), folder)) {
            server.bucket(RecoverPoint.BUCKET, true);
            settle();
            return into.work(server);
        } finally {
            Scratch.remove(folder);
        }
    }
}
