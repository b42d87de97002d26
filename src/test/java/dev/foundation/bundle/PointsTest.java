package dev.foundation.bundle;

import static dev.foundation.bundle.Samples.INSTANCE;
import static dev.foundation.bundle.Samples.KEY;
import static dev.foundation.bundle.Samples.TRUST;
import static dev.foundation.bundle.Samples.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.bundle.Point.Refused;
import dev.foundation.bundle.Point.Unsealed;
import dev.foundation.seal.SealKey;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What whoever can write to the store could do, one test each: refused or alarmed, and said which. */
final class PointsTest {
    private static final List<SignedSeal> CHAIN = Samples.chain(6);

    @TempDir
    Path folder;

    private static PointList list(FakeStore store) throws Exception {
        return list(store, Known.nothing());
    }

    private static PointList list(FakeStore store, Known known) throws Exception {
        return new Points(store, TRUST, SealCache.none(), new Random(1)).list(known);
    }

    private static Known seen(int sequence) {
        return new Known(sequence, Optional.of(CHAIN.get(sequence - 1).sha256()), List.of());
    }

    private static Point at(PointList list, BundleId id) {
        return list.points().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void refused(PointList list, BundleId id, String reason) {
        assertThat(at(list, id))
                .isInstanceOfSatisfying(
                        Refused.class, each -> assertThat(each.reason()).contains(reason));
    }

    @Test
    void aGoodChainRaisesNoAlarmAndItsHighestSequenceIsTheNewest() throws Exception {
        PointList list = list(Samples.store(CHAIN), seen(6));

        assertThat(list.alarms()).isEmpty();
        assertThat(list.sealed()).hasSize(6);
        assertThat(list.newest().orElseThrow().id()).isEqualTo(point(6));
        assertThat(list.next(seen(6)))
                .isEqualTo(new PointList.Next(7, Optional.of(CHAIN.get(5).sha256())));
    }

    @Test
    void anEmptyStoreHasNoPointAndBeginsAChain() throws Exception {
        PointList list = list(new FakeStore());

        assertThat(list.points()).isEmpty();
        assertThat(list.alarms()).isEmpty();
        assertThat(list.next(Known.nothing())).isEqualTo(new PointList.Next(1, Optional.empty()));
    }

    @Test
    void aPointForgedWithAnotherKeyIsRefused() throws Exception {
        FakeStore store = Samples.store(CHAIN);
        SealKey own = SealKey.generate(new SecureRandom());
        PointWriter.seal(
                store,
                SignedSeal.sign(
                        Samples.seal(1, 7, point(7), Optional.of(CHAIN.get(5).sha256())), own));

        PointList list = list(store);
        refused(list, point(7), "a key that is none of ours");
        assertThat(list.newest().orElseThrow().id()).isEqualTo(point(6));
    }

    @Test
    void aSealWithoutASignatureIsNoPoint() throws Exception {
        FakeStore store = Samples.store(CHAIN);
        store.overwrite(new BundleKeys(point(7)).seal(), CHAIN.get(5).bytes());
        store.overwrite(new BundleKeys(point(8)).artifact(Names.POSTGRES), new byte[1]);

        PointList list = list(store);
        assertThat(at(list, point(7)))
                .isInstanceOfSatisfying(
                        Unsealed.class, each -> assertThat(each.reason()).contains("not signed"));
        assertThat(at(list, point(8)))
                .isInstanceOfSatisfying(
                        Unsealed.class, each -> assertThat(each.reason()).contains("no SEAL.json"));
        assertThat(list.newest().orElseThrow().id()).isEqualTo(point(6));
    }

    @Test
    void anOlderSealUnderANewerNameIsRefused() throws Exception {
        FakeStore store = Samples.store(CHAIN);
        put(store, point(9), CHAIN.get(1));

        PointList list = list(store);
        refused(list, point(9), "its seal is that of " + point(2));
        assertThat(list.newest().orElseThrow().id()).isEqualTo(point(6));
    }

    @Test
    void twoSealsThatWereSwappedAreBothRefused() throws Exception {
        FakeStore store = Samples.store(List.of(CHAIN.get(0)));
        put(store, point(2), CHAIN.get(2));
        put(store, point(3), CHAIN.get(1));

        PointList list = list(store);
        refused(list, point(2), "is that of " + point(3));
        refused(list, point(3), "is that of " + point(2));
    }

    @Test
    void theNewestCannotBeHiddenFromWhoSawIt() throws Exception {
        FakeStore store = Samples.store(CHAIN);
        store.hide(point(6));

        PointList list = list(store, seen(6));
        assertThat(list.alarms()).containsExactly(new Alarm.RolledBack(6, 5));
        assertThat(list.next(seen(6))).isEqualTo(new PointList.Next(7, seen(6).seal()));
    }

    @Test
    void aMiddleOneCannotBeHiddenUnlessItWasPruned() throws Exception {
        FakeStore store = Samples.store(CHAIN);
        store.hide(point(3));
        store.hide(point(4));
        assertThat(list(store).alarms()).containsExactly(new Alarm.Gap(3, 4));

        var pruned = new Known(0, Optional.empty(), List.of(new Known.Range(4, 4)));
        assertThat(list(store, pruned).alarms()).containsExactly(new Alarm.Gap(3, 3));
        var both = new Known(0, Optional.empty(), List.of(new Known.Range(4, 4), new Known.Range(3, 3)));
        assertThat(list(store, both).alarms()).isEmpty();
    }

    @Test
    void theFirstOnesCannotBeHidden() throws Exception {
        FakeStore store = Samples.store(CHAIN);
        store.hide(point(1));

        assertThat(list(store).alarms()).containsExactly(new Alarm.Gap(1, 1));
    }

    @Test
    void aSecondVersionOfASealIsAlarmedAndTheOldestCounts() throws Exception {
        FakeStore store = Samples.store(CHAIN);
        store.overwrite(new BundleKeys(point(5)).seal(), "{}".getBytes(StandardCharsets.UTF_8));
        store.overwrite(new BundleKeys(point(5)).signature(), new byte[0]);

        PointList list = list(store);
        assertThat(list.sealed()).hasSize(6);
        assertThat(list.alarms())
                .containsExactly(
                        new Alarm.SecondVersion(point(5), "SEAL.json", 2),
                        new Alarm.SecondVersion(point(5), "SEAL.json.sig", 2));
    }

    @Test
    void aSealOverwrittenWhereThereAreNoVersionsIsRefused() throws Exception {
        FakeStore store = Samples.store(CHAIN);
        byte[] changed = CHAIN.get(4).bytes();
        changed[changed.length / 2] ^= 1;
        store.replace(new BundleKeys(point(5)).seal(), changed);

        refused(list(store), point(5), "does not belong to this content");
    }

    @Test
    void aPointOfAnotherFoundationIsRefusedThoughItIsSignedWithOurKey() throws Exception {
        FakeStore store = Samples.store(CHAIN);
        String other = "00000000-0000-4000-8000-000000000000";
        PointWriter.seal(
                store,
                SignedSeal.sign(
                        Samples.seal(
                                other, 1, 7, point(7), Optional.of(CHAIN.get(5).sha256())),
                        KEY));

        refused(list(store), point(7), "another foundation");
    }

    @Test
    void anOversizeSealIsRefusedWithoutBeingRead() throws Exception {
        FakeStore store = Samples.store(CHAIN);
        BundleKeys keys = new BundleKeys(point(7));
        store.overwrite(keys.seal(), new byte[(16 << 20) + 1]);
        store.overwrite(keys.signature(), new byte[1]);
        BundleKeys more = new BundleKeys(point(8));
        store.overwrite(more.seal(), new byte[1]);
        store.overwrite(more.signature(), new byte[1 << 20]);

        PointList list = list(store);
        refused(list, point(7), "SEAL.json has more than 16777216 bytes");
        refused(list, point(8), "SEAL.json.sig has more than 4096 bytes");
    }

    @Test
    void aSealThatTheStoreCannotReadIsRefusedAndAStoreThatCannotBeAskedIsNoShortList() throws Exception {
        FakeStore store = Samples.store(CHAIN);
        ObjectKey key = new BundleKeys(point(3)).seal();
        store.damaged.add(key);
        refused(list(store), point(3), "cannot be read");

        store.failing.put(key, new StoreException(Kind.TRANSIENT, "connection lost", null));
        assertThatThrownBy(() -> list(store)).isInstanceOf(StoreException.class).hasMessage("connection lost");
    }

    @Test
    void twoPointsWithOneSequenceAreAlarmed() throws Exception {
        FakeStore store = Samples.store(CHAIN);
        PointWriter.seal(
                store,
                SignedSeal.sign(
                        Samples.seal(1, 6, point(7), Optional.of(CHAIN.get(4).sha256())), KEY));

        assertThat(list(store).alarms()).containsExactly(new Alarm.SameSequence(6, List.of(point(6), point(7))));
    }

    @Test
    void aSealThatNamesAnotherPredecessorBreaksTheChain() throws Exception {
        FakeStore store = Samples.store(CHAIN);
        PointWriter.seal(
                store,
                SignedSeal.sign(
                        Samples.seal(1, 7, point(7), Optional.of(CHAIN.get(2).sha256())), KEY));

        assertThat(list(store).alarms()).containsExactly(new Alarm.BrokenChain(point(7), 7));
    }

    @Test
    void anotherSealThanTheOneSeenWithItsSequenceIsAlarmed() throws Exception {
        FakeStore store = Samples.store(CHAIN);
        var known = new Known(6, Optional.of(CHAIN.get(2).sha256()), List.of());

        assertThat(list(store, known).alarms()).containsExactly(new Alarm.Replaced(point(6)));
    }

    @Test
    void aNewerEpochSaysThatThisFoundationLivesElsewhereAndItsPointsAreTheNewest() throws Exception {
        FakeStore store = Samples.store(CHAIN.subList(0, 3));
        PointWriter.seal(store, SignedSeal.sign(Samples.seal(2, 4, point(4), Optional.empty()), KEY));
        PointWriter.seal(
                store,
                SignedSeal.sign(
                        Samples.seal(1, 5, point(5), Optional.of(CHAIN.get(3).sha256())), KEY));

        PointList list = list(store);
        assertThat(list.newest().orElseThrow().id()).isEqualTo(point(4));
        assertThat(list.alarms())
                .containsExactly(
                        new Alarm.BrokenChain(point(5), 5),
                        new Alarm.NewerEpoch(point(4), 2, 1),
                        new Alarm.StaleEpoch(point(5), 1, 2));
    }

    @Test
    void aClockThatWentBackIsToldAndDoesNotChangeWhichIsNewest() throws Exception {
        FakeStore store = Samples.store(CHAIN);
        PointWriter.seal(
                store,
                SignedSeal.sign(
                        Samples.seal(1, 7, point(0), Optional.of(CHAIN.get(5).sha256())), KEY));

        PointList list = list(store);
        assertThat(list.newest().orElseThrow().id()).isEqualTo(point(0));
        assertThat(list.alarms()).containsExactly(new Alarm.ClockWentBack(point(6), point(0)));
    }

    @Test
    void strangeFoldersAreToldAndCannotMoveATerminal() throws Exception {
        var alarm = new Alarm.StrangeFolder("a\u001b[31m" + "x".repeat(500));
        assertThat(alarm.message()).contains("a?[31m").hasSizeLessThan(200);

        FakeStore store = Samples.store(CHAIN);
        store.overwrite(ObjectKey.of("20261321T030000Z", "SEAL.json"), new byte[1]);
        store.overwrite(ObjectKey.of("blobs", "0".repeat(64) + ".age"), new byte[1]);
        assertThat(list(store).alarms()).containsExactly(new Alarm.StrangeFolder("20261321T030000Z"));
    }

    @Test
    void aSealIsWrittenOnceAndARunKilledBeforeItsSignatureLeavesNoPoint() throws Exception {
        FakeStore store = Samples.store(CHAIN.subList(0, 1));
        assertThatThrownBy(() -> PointWriter.seal(store, CHAIN.getFirst()))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.EXISTS));

        store.failing.put(new BundleKeys(point(2)).signature(), new StoreException(Kind.TRANSIENT, "killed", null));
        assertThatThrownBy(() -> PointWriter.seal(store, CHAIN.get(1))).hasMessage("killed");
        store.failing.clear();
        assertThat(at(list(store), point(2))).isInstanceOf(Unsealed.class);
    }

    @Test
    void aKeptListingAsksForWhatIsNewAndNoticesWhatWasReplaced() throws Exception {
        List<SignedSeal> chain = Samples.chain(200);
        FakeStore store = Samples.store(chain);
        var points = new Points(store, TRUST, SealCache.at(folder.resolve("seals")), new Random(7));
        PointList cold = points.list(Known.nothing());
        store.calls.set(0);

        PointList warm = points.list(Known.nothing());
        assertThat(warm.alarms()).isEmpty();
        assertThat(warm.points())
                .hasSize(200)
                .extracting(Point::id)
                .isEqualTo(cold.points().stream().map(Point::id).toList());
        assertThat(store.calls.get()).isLessThanOrEqualTo(1 + 2 * (Points.NEWEST + Points.SAMPLE));

        store.overwrite(new BundleKeys(point(200)).seal(), new byte[1]);
        store.overwrite(new BundleKeys(point(1)).seal(), new byte[1]);
        assertThat(points.list(Known.nothing()).alarms()).contains(new Alarm.SecondVersion(point(200), "SEAL.json", 2));
        assertThat(points.listAfresh(Known.nothing()).alarms())
                .contains(
                        new Alarm.SecondVersion(point(1), "SEAL.json", 2),
                        new Alarm.SecondVersion(point(200), "SEAL.json", 2));

        store.replace(new BundleKeys(point(199)).seal(), chain.getFirst().bytes());
        PointList after = points.list(Known.nothing());
        refused(after, point(199), "does not belong");
        assertThat(after.alarms()).contains(new Alarm.Replaced(point(199)), new Alarm.Gap(199, 199));
    }

    @Test
    void aPoisonedCacheFoolsNobody() throws Exception {
        Path file = folder.resolve("seals");
        List<SignedSeal> chain = Samples.chain(80);
        FakeStore store = Samples.store(chain);
        var points = new Points(store, TRUST, SealCache.at(file), new Random(7));
        PointList good = points.list(Known.nothing());
        byte[] kept = Files.readAllBytes(file);
        String name = "\"sequence\": 3,";
        byte[] poisoned = new String(kept, StandardCharsets.ISO_8859_1)
                .replace(name, "\"sequence\": 9,")
                .getBytes(StandardCharsets.ISO_8859_1);
        List<byte[]> files = new ArrayList<>(List.of(poisoned, new byte[0], Arrays.copyOf(kept, kept.length / 2)));
        Random random = new Random(3);
        for (int i = 0; i < 20; i++) {
            byte[] flipped = kept.clone();
            flipped[random.nextInt(kept.length)] ^= (byte) (1 << random.nextInt(8));
            files.add(flipped);
        }
        for (byte[] each : files) {
            Files.write(file, each);
            PointList list = points.list(Known.nothing());
            assertThat(list.sealed()).hasSize(80);
            assertThat(list.newest().orElseThrow().seal())
                    .isEqualTo(good.newest().orElseThrow().seal());
            assertThat(list.alarms())
                    .allMatch(Alarm.Replaced.class::isInstance); // a changed stamp looks like a changed seal
        }
    }

    @Test
    void aCacheOfAnotherStoreOrAnotherFoundationCountsForNothing() throws Exception {
        Path file = folder.resolve("seals");
        FakeStore store = Samples.store(CHAIN);
        PointList _ = new Points(store, TRUST, SealCache.at(file), new Random(7)).list(Known.nothing());

        var other = new Trust(
                INSTANCE, 1, List.of(SealKey.generate(new SecureRandom()).publicLine()));
        PointList list = new Points(store, other, SealCache.at(file), new Random(7)).list(Known.nothing());
        assertThat(list.sealed()).isEmpty();
        assertThat(list.points()).hasSize(6).allMatch(Refused.class::isInstance);
    }

    @Test
    void tenThousandPointsAreListedFast() throws Exception {
        FakeStore store = Samples.store(Samples.chain(10_000));
        Path file = folder.resolve("seals");
        long start = System.nanoTime();
        assertThat(new Points(store, TRUST, SealCache.at(file), new Random(7))
                        .list(Known.nothing())
                        .sealed())
                .hasSize(10_000);
        long cold = System.nanoTime();
        PointList warm = new Points(store, TRUST, SealCache.at(file), new Random(7)).list(Known.nothing());
        long end = System.nanoTime();
        assertThat(warm.sealed()).hasSize(10_000);
        assertThat(warm.alarms()).isEmpty();
        System.out.println("10,000 points: without a cache "
                + Duration.ofNanos(cold - start).toMillis() + " ms, with it "
                + Duration.ofNanos(end - cold).toMillis() + " ms, " + Files.size(file) + " bytes kept");
        assertThat(end - cold).isLessThan(cold - start);
    }

    private static void put(FakeStore store, BundleId folder, SignedSeal signed) {
        store.overwrite(new BundleKeys(folder).seal(), signed.bytes());
        store.overwrite(new BundleKeys(folder).signature(), signed.signature().getBytes(StandardCharsets.US_ASCII));
    }
}
