package dev.foundation.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Point.Sealed;
import dev.foundation.bundle.Points;
import dev.foundation.bundle.SealCache;
import dev.foundation.event.RunEvent.Verdict;
import dev.foundation.store.local.LocalStore;
import dev.foundation.stream.Lanes;
import dev.foundation.stream.Lanes.Task;
import dev.foundation.testing.CountedStore;
import dev.foundation.testing.PointFixture;
import dev.foundation.verify.Finding;
import dev.foundation.verify.IntegrityCheck;
import dev.foundation.verify.IntegrityReport;
import dev.foundation.verify.Sample;
import dev.foundation.verify.Severity;
import dev.foundation.verify.Which;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process that takes a point is killed before each call of its store (T2), on a real folder: older points hold, nothing half-written is a point, the next
 * run goes on, and then all is whole.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
final class BackupKilledIT {
    /** Fewer would mean that a run no longer makes the calls that this test breaks. */
    private static final int LEAST_CASES = 40;

    private static final int AT_ONCE = 3;

    @TempDir
    private Path folder;

    private BundleId first;

    private Path template() throws Exception {
        Path template = Files.createDirectory(folder.resolve("template"));
        var fixture = new PointFixture(
                template, List.of(new LocalStore("local", Files.createDirectory(KilledBackup.store(template)))));
        fixture.buckets().put("media", "a", "one");
        first = fixture.take().seal().point();
        fixture.save(KilledBackup.saved(template));
        return template;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }

    private int calls(Path template) throws Exception {
        Path trial = folder.resolve("trial");
        copy(template, trial);
        var store = new CountedStore(new LocalStore("local", KilledBackup.store(trial)), call -> {});
        assertThat(KilledBackup.fixture(trial, store).run().verdict()).isEqualTo(Verdict.COMPLETE);
        return store.calls();
    }

    @Test
    void killedAtAnyCallItLeavesOldPointsWholeAndTheNextRunGoesOn() throws Exception {
        Path template = template();
        int calls = calls(template);
        List<Task<String>> cases = new ArrayList<>();
        for (int n = 1; n <= calls; n++) {
            int at = n;
            cases.add(() -> killed(template, at));
        }
        List<String> ran = Lanes.run(cases, AT_ONCE);
        long sealed = ran.stream().filter(each -> each.equals("sealed")).count();
        System.out.println("backup: killed at " + ran.size() + " of " + calls
                + " calls; the point was sealed already in " + sealed);
        assertThat(ran).hasSize(calls).hasSizeGreaterThanOrEqualTo(LEAST_CASES);
    }

    /** @return whether the killed run's point was sealed by then */
    private String killed(Path template, int at) throws IOException, InterruptedException {
        String what = "killed before call " + at;
        Path place = folder.resolve("case-" + at);
        copy(template, place);
        Path output = place.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledBackup.class.getName(),
                        place.toString(),
                        String.valueOf(at))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(what).isTrue();
        // Calls of several threads come in no fixed number: a run may end with one or two fewer than the trial.
        assertThat(process.exitValue())
                .as(what + ": " + Files.readString(output))
                .isIn(KilledBackup.KILLED, KilledBackup.DONE);

        var store = new LocalStore("local", KilledBackup.store(place));
        PointFixture fixture;
        try {
            fixture = KilledBackup.fixture(place, new CountedStore(store, call -> {}));
        } catch (Exception e) {
            throw new IOException(what, e);
        }
        List<BundleId> points = sealed(store, fixture);
        assertThat(points).as(what).contains(first).hasSizeLessThanOrEqualTo(2);
        whole(store, fixture, what);

        fixture.buckets().put("media", "c", "three");
        BackupReport next = fixture.later(1).run();
        assertThat(next.verdict())
                .as(what + ", the next run: " + next.problems())
                .isEqualTo(Verdict.COMPLETE);
        assertThat(sealed(store, fixture)).as(what).hasSize(points.size() + 1);
        whole(store, fixture, what + ", after the next run");
        return points.size() == 2 ? "sealed" : "none";
    }

    private static List<BundleId> sealed(LocalStore store, PointFixture fixture)
            throws IOException, InterruptedException {
        return new Points(store, fixture.trust(), SealCache.none(), new Random(1))
                .listAfresh(Known.nothing()).sealed().stream().map(Sealed::id).toList();
    }

    private static void whole(LocalStore store, PointFixture fixture, String what) throws InterruptedException {
        IntegrityReport report = new IntegrityCheck(
                        List.of(store),
                        fixture.trust(),
                        any -> Known.nothing(),
                        new Sample(100, new Random(1)),
                        event -> {})
                .run(new Which.All());
        assertThat(report.findings().stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .map(Finding::text))
                .as(what)
                .isEmpty();
    }
}
