package dev.foundation.bench;

import dev.foundation.artifact.RestoreMark;
import dev.foundation.artifact.buckets.BlobBytes;
import dev.foundation.artifact.buckets.BucketsRestorer;
import dev.foundation.artifact.forgejo.ForgejoRestorer;
import dev.foundation.artifact.postgres.PostgresRestorer;
import dev.foundation.artifact.postgres.Psql;
import dev.foundation.bundle.BlobTable;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.SealedContent;
import dev.foundation.bundle.Trust;
import dev.foundation.docker.DockerCli;
import dev.foundation.docker.LocalExec;
import dev.foundation.objectstore.S3Access;
import dev.foundation.recover.PointChoice;
import dev.foundation.recover.Staging;
import dev.foundation.restore.StagedPoint;
import dev.foundation.secret.Secret;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.local.LocalStore;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/**
 * The steps of a recovery in a JVM of its own, each as the command or the provider does it. Each line of standard input is a step, words between tabs,
 * or several with {@code +} between them, which then are done at once; each is answered by a line, {@code ok} and numbers: seconds, CPU seconds with
 * those of children that have ended, and of a single step what {@link RestorePhases} tells.
 */
public final class Restores {
    private final Path store;
    private final String point;
    private final Trust trust;
    private final Secret<String> identity;

    private Restores(Path store, String point, Trust trust, Secret<String> identity) {
        this.store = store;
        this.point = point;
        this.trust = trust;
        this.identity = identity;
    }

    /**
     * Works until its input ends.
     *
     * @param args those of {@link RecoverPoint#arguments}
     */
    public static void main(String[] args) throws Exception {
        var restores =
                new Restores(Path.of(args[0]), args[1], new Trust(args[2], 1, List.of(args[3])), Secret.of(args[4]));
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            double cpu = Cpu.seconds();
            long begun = System.nanoTime();
            String more = restores.all(line.split("\t\\+\t", -1));
            System.out.printf(
                    Locale.ROOT, "ok %.6f %.3f%s%n", (System.nanoTime() - begun) / 1e9, Cpu.seconds() - cpu, more);
        }
    }

    private String all(String[] steps) throws Exception {
        if (steps.length == 1) {
            var phases = new RestorePhases();
            step(steps[0].split("\t", -1), phases);
            return phases.end();
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Object>> all = Arrays.stream(steps)
                    .map(each -> (Callable<Object>) () -> {
                        step(each.split("\t", -1), new RestorePhases());
                        return "done";
                    })
                    .toList();
            for (var each : threads.invokeAll(all)) {
                each.get();
            }
        }
        return "";
    }

    private void step(String[] words, RestorePhases phases) throws Exception {
        switch (words[0]) {
            case "read" -> read(Path.of(words[1]), phases);
            case "postgres" -> postgres(open(words[1]), Integer.parseInt(words[2]), phases);
            case "forgejo" -> forgejo(open(words[1]), words[2], phases);
            case "buckets" ->
                buckets(open(words[1]), new S3Access(URI.create(words[2]), "us-east-1", words[3], words[4]), phases);
            default -> throw new IllegalArgumentException("no such step: " + words[0]);
        }
    }

    /** As {@code recover} does: the newest point that holds, every byte read, blobs and all; then its own objects to this machine. */
    private void read(Path stage, RestorePhases phases) throws Exception {
        ObjectStore from = new LocalStore("the point's origin", store);
        PointChoice.Choice chosen = new PointChoice(from, trust, Known.nothing(), new SecureRandom(), event -> {})
                .newest(Optional.of(BundleId.of(point)));
        long _ = new Staging(stage, InstantSource.system()).stage(chosen.point().signed(), from, phases);
    }

    private StagedPoint open(String stage) throws Exception {
        return StagedPoint.open(Path.of(stage), point, trust.publicLines(), trust.instance(), identity);
    }

    private void postgres(StagedPoint staged, int port, RestorePhases phases) throws Exception {
        var psql = new Psql(
                new LocalExec(LocalPostgres.environment(port)),
                List.of(LocalPostgres.programs().resolve("psql").toString()));
        psql.ready();
        var _ = new PostgresRestorer(psql, phases)
                .restore(
                        mark(),
                        staged.artifact(Names.POSTGRES),
                        staged.entry(Names.POSTGRES).facts());
    }

    /** The volume is a folder, which the {@code docker} on this JVM's path knows how to reach. */
    private void forgejo(StagedPoint staged, String volume, RestorePhases phases) throws Exception {
        Path folder = Path.of(volume);
        var _ = new ForgejoRestorer(new DockerCli(Map.of("BENCH_VOLUME", volume)), "bench", "bench", phases)
                .restore(
                        mark(),
                        staged.artifact(Names.FORGEJO),
                        staged.entry(Names.FORGEJO).facts(),
                        (int) Files.getAttribute(folder, "unix:uid"),
                        (int) Files.getAttribute(folder, "unix:gid"));
    }

    private void buckets(StagedPoint staged, S3Access target, RestorePhases phases) throws Exception {
        var inventory = new BlobTable.Builder();
        SealedContent.inventory(staged.store(), staged.signed(), inventory::add);
        try (ObjectStore origin = new LocalStore("the point's origin", store)) {
            var _ = new BucketsRestorer(target, new BlobBytes(origin, staged.ageKeys()), phases)
                    .restore(mark(), staged.artifact(Names.OBJECTS), inventory.build(), List.of(RecoverPoint.BUCKET));
        }
    }

    private RestoreMark mark() {
        return new RestoreMark(trust.instance(), point);
    }
}
