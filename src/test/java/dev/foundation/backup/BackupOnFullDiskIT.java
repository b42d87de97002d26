package dev.foundation.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Point.Sealed;
import dev.foundation.bundle.Points;
import dev.foundation.bundle.SealCache;
import dev.foundation.event.RunEvent.Verdict;
import dev.foundation.replicate.Replication;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.local.LocalStore;
import dev.foundation.testing.PointFixture;
import dev.foundation.testing.SmallDisk;
import dev.foundation.verify.Finding;
import dev.foundation.verify.IntegrityCheck;
import dev.foundation.verify.Sample;
import dev.foundation.verify.Severity;
import dev.foundation.verify.Which;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A folder on a disk that runs full (ENOSPC), after more and more bytes: a small tmpfs, which only root can mount. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class BackupOnFullDiskIT {
    private static final int PAGE = 4096;
    /** What is left there when the run begins. */
    private static final List<Integer> PAGES_LEFT = List.of(0, 1, 3, 5, 7);

    @TempDir
    private Path folder;

    @Test
    void aDiskThatRunsFullLosesOnlyItsPlaceAndIsHealedOnceThereIsRoom() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        try (SmallDisk _ = SmallDisk.mount(small, "1m")) {
            int cases = 0;
            for (int pages : PAGES_LEFT) {
                runsFull(Files.createDirectory(folder.resolve("case-" + pages)), small, pages);
                cases++;
            }
            System.out.println("backup: a disk ran full in " + cases + " cases");
            assertThat(cases).isEqualTo(PAGES_LEFT.size());
        }
    }

    private static void runsFull(Path place, Path small, int pages) throws Exception {
        String what = pages + " pages left";
        var local = new LocalStore("local", Files.createDirectory(place.resolve("local")));
        var second = new LocalStore("folder", Files.createDirectory(small.resolve("points-" + pages)));
        var fixture = new PointFixture(place, List.of(local, second));
        fixture.buckets().put("media", "a", "one");
        BundleId first = fixture.take().seal().point();
        fixture.buckets().put("media", "b", "two");
        Path filler = small.resolve("filler");
        fill(filler, pages);

        BackupReport report = fixture.run();

        assertThat(report.verdict()).as(what + ": " + report.problems()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(report.sealedAt()).as(what).containsExactly("local");
        assertThat(String.join(" ", report.problems()))
                .as(what)
                .contains("folder")
                .contains("no space");
        assertThat(sealed(second, fixture))
                .as(what + ": nothing half-published")
                .containsExactly(first);
        Files.delete(filler);
        whole(second, fixture, what);
        Replication.Report healed = new Replication(
                        List.of(local, second), fixture.trust(), store -> SealCache.none(), event -> {})
                .run(fixture.known());
        assertThat(healed.problems()).as(what).isEmpty();
        assertThat(sealed(second, fixture)).as(what).hasSize(2);
        fixture.take();
        whole(local, fixture, what);
        whole(second, fixture, what);
    }

    /** Takes all room but so many pages. */
    private static void fill(Path filler, int pages) throws IOException {
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] page = new byte[PAGE];
            for (int i = 0; i < 1 << 20; i++) {
                out.write(page);
            }
        } catch (IOException e) {
            // Full.
        }
        try (FileChannel channel = FileChannel.open(filler, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - (long) pages * PAGE);
        }
    }

    private static List<BundleId> sealed(ObjectStore store, PointFixture fixture)
            throws IOException, InterruptedException {
        return new Points(store, fixture.trust(), SealCache.none(), new Random(1))
                .listAfresh(Known.nothing()).sealed().stream().map(Sealed::id).toList();
    }

    private static void whole(ObjectStore store, PointFixture fixture, String what) throws InterruptedException {
        var report = new IntegrityCheck(
                        List.of(store),
                        fixture.trust(),
                        any -> Known.nothing(),
                        new Sample(100, new Random(1)),
                        event -> {})
                .run(new Which.All());
        assertThat(report.findings().stream()
                        .filter(each -> each.severity() == Severity.ERROR)
                        .map(Finding::text))
                .as(what + " at " + store.name())
                .isEmpty();
    }
}
