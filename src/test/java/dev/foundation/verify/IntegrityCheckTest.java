package dev.foundation.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.event.RunEvent;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.testing.Faults;
import dev.foundation.testing.MemoryStore;
import dev.foundation.testing.PointFixture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IntegrityCheckTest {
    private static final int BLOBS = 300;

    @TempDir
    Path folder;

    private final MemoryStore local = new MemoryStore("local");
    private final MemoryStore offSite = new MemoryStore("off-site");
    private final List<SignedSeal> points = new ArrayList<>();
    private final List<RunEvent> events = new ArrayList<>();
    private PointFixture fixture;

    /** Three points at two places; the second and third list the first one's blobs, and one more each. */
    @BeforeEach
    void take() throws Exception {
        fixture = new PointFixture(folder, List.of(local, offSite));
        for (int i = 0; i < BLOBS; i++) {
            fixture.buckets().put("media", "object" + i, "content " + i);
        }
        for (int i = 0; i < 3; i++) {
            points.add(fixture.take());
            fixture.buckets().put("media", "more" + i, "more");
        }
    }

    private IntegrityReport check(Which which, double percent) throws Exception {
        return new IntegrityCheck(
                        List.of(local, offSite),
                        fixture.trust(),
                        store -> fixture.known(),
                        new Sample(percent, new Random(7)),
                        events::add)
                .run(which);
    }

    private IntegrityReport check() throws Exception {
        return check(new Which.All(), 100);
    }

    private BundleId id(int point) {
        return points.get(point).seal().point();
    }

    private ObjectKey blob(MemoryStore store) {
        return new ObjectKey(store.keys().stream()
                .filter(each -> each.startsWith(Names.BLOBS + "/"))
                .findFirst()
                .orElseThrow());
    }

    @Test
    void wholePointsGiveNoFindingAndEachBlobIsReadOncePerPlace() throws Exception {
        IntegrityReport report = check();

        assertThat(report.findings()).isEmpty();
        assertThat(report.unanswered()).isEmpty();
        assertThat(report.whole()).containsExactly(id(0), id(1), id(2));
        int objects =
                points.stream().mapToInt(each -> each.seal().objects().size()).sum();
        assertThat(report.objects()).isEqualTo(2L * (objects + BLOBS + 2));
        assertThat(report.bytes())
                .isGreaterThan(2 * points.getLast().seal().blobs().size());
        assertThat(events).first().isInstanceOf(RunEvent.Began.class);
        assertThat(events).last().isInstanceOf(RunEvent.Finished.class);
    }

    @Test
    void damageAtOnePlaceIsToldForThatPlaceAlone() throws Exception {
        offSite.damage(new BundleKeys(id(1)).artifact(Names.POSTGRES));
        offSite.damage(blob(offSite));

        IntegrityReport report = check();

        assertThat(report.findings()).allMatch(each -> each.place().equals("off-site"));
        assertThat(report.findings())
                .extracting(each -> each.point() + " " + each.object())
                .containsExactlyInAnyOrder(
                        id(1) + " postgres.sql.gz.age",
                        id(2) + " " + blob(offSite),
                        id(1) + " blobs",
                        id(0) + " blobs");
        assertThat(report.whole()).isEmpty();
        assertThat(check(new Which.One(id(2)), 100).findings())
                .extracting(Finding::object)
                .containsExactly(blob(offSite).path());
    }

    @Test
    void aPointThatOnlyOnePlaceHasIsIncomplete() throws Exception {
        for (String each : offSite.keys()) {
            if (each.startsWith(id(2).toString())) {
                offSite.delete(new ObjectKey(each));
            }
        }

        IntegrityReport report = check();

        assertThat(report.findings()).hasSize(2).allMatch(each -> each.severity() == Severity.WARNING);
        assertThat(report.findings())
                .extracting(Finding::message)
                .anyMatch(text -> text.contains("replicate` copies it"))
                .anyMatch(text -> text.contains("was seen before"));
        assertThat(report.whole()).contains(id(2));
        assertThat(check(new Which.Latest(), 100).whole()).containsExactly(id(2));
    }

    @Test
    void aSampleReadsAboutItsShareAndTheSameOneForTheSameSeed() throws Exception {
        long all =
                points.stream().mapToInt(each -> each.seal().objects().size()).sum();

        IntegrityReport some = check(new Which.All(), 20);

        long read = some.objects() - 2 * all;
        assertThat(read).isBetween(2L * BLOBS * 14 / 100, 2L * BLOBS * 26 / 100);
        assertThat(check(new Which.All(), 20).objects()).isEqualTo(some.objects());
        assertThat(some.findings()).isEmpty();
        assertThat(some.whole()).isEmpty();
    }

    @Test
    void aPlaceThatDoesNotAnswerIsNoWholePlaceAndNoDamagedOne() throws Exception {
        offSite.fail(Faults.on("folders", new Faults.Fault.Throw(Kind.TRANSIENT)));
        IntegrityReport silent = check();
        assertThat(silent.unanswered()).containsExactly("off-site");
        assertThat(silent.whole()).hasSize(3);
        assertThat(silent.findings()).singleElement().matches(each -> each.severity() == Severity.ERROR);

        offSite.fail(Faults.from(40, "open", new Faults.Fault.Throw(Kind.TRANSIENT)));
        IntegrityReport stopped = check();
        assertThat(stopped.unanswered()).containsExactly("off-site");
        assertThat(stopped.whole()).isEmpty();
        assertThat(stopped.findings())
                .allMatch(each -> each.place().equals("off-site"))
                .anyMatch(each -> each.message().contains("the rest was not looked at"));
    }

    @Test
    void whatIsHiddenBehindADeletionIsTold() throws Exception {
        local.fail(call -> call.operation().equals("list") ? new Faults.Fault.Hide() : Faults.NONE);

        assertThat(check(new Which.Latest(), 100).findings())
                .singleElement()
                .matches(each -> each.place().equals("local") && each.message().contains("is deleted"));
    }

    @Test
    void nothingToVerifyIsNoSuccess() throws Exception {
        var empty = new IntegrityCheck(
                List.of(new MemoryStore("local")),
                fixture.trust(),
                store -> Known.nothing(),
                new Sample(100, new Random(7)),
                events::add);

        assertThat(empty.run(new Which.All()).has(Severity.ERROR)).isTrue();
        IntegrityReport unknown = check(new Which.One(BundleId.of("20200101T000000Z")), 100);
        assertThat(unknown.findings())
                .singleElement()
                .matches(each -> each.message().contains("no sealed point 20200101T000000Z"));
    }

    @Test
    void nothingIsEverWritten() throws Exception {
        local.fail(Faults.on("begin", new Faults.Fault.Throw(Kind.DENIED)));
        offSite.fail(
                call -> List.of("begin", "write", "complete", "delete", "lock").contains(call.operation())
                        ? new Faults.Fault.Throw(Kind.DENIED)
                        : Faults.NONE);
        List<String> before = offSite.keys();

        assertThat(check().findings()).isEmpty();
        assertThat(offSite.keys()).isEqualTo(before);
    }
}
