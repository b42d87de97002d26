package dev.foundation.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.PointWriter;
import dev.foundation.bundle.Seal;
import dev.foundation.bundle.SealedObject;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.seal.SealKey;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.testing.MemoryStore;
import dev.foundation.testing.PointFixture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that lies in a store, harmed in every way, each in a copy of its own at one of two places: every case must be named with its place, point and
 * object, and nothing else may be (T2). One list drives it; it says how many cases ran.
 */
final class DamageMatrixTest {
    private static final String PLACE = "off-site";
    /** Fewer would say that the list was not built as it is meant: 9 objects and 4 blobs of a point, and what is not of one object. */
    private static final int LEAST = 280;

    @TempDir
    private static Path folder;

    private static MemoryStore versioned;
    private static MemoryStore plain;
    private static PointFixture fixture;
    private static SignedSeal older;
    private static SignedSeal newer;

    private interface Harm {
        void to(MemoryStore store) throws Exception;
    }

    /**
     * @param objects that must be named, each with the point given; empty text for the whole point or place
     * @param worst of the findings
     */
    private record Case(
            String name, MemoryStore store, Harm harm, String point, List<String> objects, Severity worst) {}

    @BeforeAll
    static void take() throws Exception {
        versioned = new MemoryStore("local");
        plain = new MemoryStore("plain", new ObjectStore.Traits(false, false));
        fixture = new PointFixture(folder, List.of(versioned, plain));
        for (int i = 0; i < 4; i++) {
            fixture.buckets().put("media", "object" + i, "content " + i);
        }
        older = fixture.take();
        newer = fixture.take();
    }

    private static List<Case> cases() {
        List<Case> all = new ArrayList<>();
        for (MemoryStore store : List.of(plain, versioned)) {
            objects(all, store);
            seals(all, store);
        }
        return all;
    }

    private static void objects(List<Case> all, MemoryStore store) {
        String id = newer.seal().point().toString();
        List<String> names = new ArrayList<>(
                newer.seal().objects().stream().map(SealedObject::name).toList());
        store.keys().stream().filter(each -> each.startsWith(Names.BLOBS)).forEach(names::add);
        boolean versions = store == versioned;
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            ObjectKey key = key(name);
            byte[] good = store.bytes(key).orElseThrow();
            add(all, "flip a bit on the disk", store, name, Severity.ERROR, there -> there.damage(key));
            add(all, "remove", store, name, Severity.ERROR, there -> there.delete(key));
            // Where older versions stay, the sealed one is there: told, but as a warning.
            Severity over = versions ? Severity.WARNING : Severity.ERROR;
            for (int at : new int[] {0, good.length / 2, good.length - 1}) {
                add(all, "flip byte " + at, store, name, over, there -> there.overwrite(key, flipped(good, at)));
            }
            add(
                    all,
                    "cut the last byte",
                    store,
                    name,
                    over,
                    there -> there.overwrite(key, Arrays.copyOf(good, good.length - 1)));
            add(all, "cut to nothing", store, name, over, there -> there.overwrite(key, new byte[0]));
            add(
                    all,
                    "append a byte",
                    store,
                    name,
                    over,
                    there -> there.overwrite(key, Arrays.copyOf(good, good.length + 1)));
            String other = names.get((i + 1) % names.size());
            byte[] others = store.bytes(key(other)).orElseThrow();
            all.add(new Case(
                    "swap " + name + " with " + other,
                    store,
                    there -> {
                        there.overwrite(key, others);
                        there.overwrite(key(other), good);
                    },
                    id,
                    List.of(name, other),
                    over));
            if (!name.startsWith(Names.BLOBS)) {
                byte[] yesterday = store.bytes(new BundleKeys(older.seal().point()).object(name))
                        .orElseThrow();
                if (!Arrays.equals(yesterday, good)) {
                    add(
                            all,
                            "put the older point's in its place",
                            store,
                            name,
                            over,
                            there -> there.overwrite(key, yesterday));
                }
            }
        }
        for (String name : List.of("notes", "postgres.sql.gz.age.old", "rustfs-blobs/more.age")) {
            add(all, "add", store, name, Severity.WARNING, there -> there.overwrite(key(name), new byte[1]));
        }
    }

    private static void seals(List<Case> all, MemoryStore store) {
        BundleKeys keys = new BundleKeys(newer.seal().point());
        boolean versions = store == versioned;
        Severity over = versions ? Severity.WARNING : Severity.ERROR;
        for (ObjectKey key : List.of(keys.seal(), keys.signature())) {
            String name = key.name();
            byte[] good = store.bytes(key).orElseThrow();
            add(all, "flip a bit on the disk", store, Names.SEAL, Severity.ERROR, there -> there.damage(key));
            add(all, "remove " + name, store, Names.SEAL, Severity.WARNING, there -> there.delete(key));
            add(
                    all,
                    "cut " + name,
                    store,
                    versions ? name : Names.SEAL,
                    over,
                    there -> there.overwrite(key, Arrays.copyOf(good, good.length / 2)));
            add(
                    all,
                    "empty " + name,
                    store,
                    versions ? name : Names.SEAL,
                    over,
                    there -> there.overwrite(key, new byte[0]));
            byte[] yesterday = store.bytes(new BundleKeys(older.seal().point()).object(name))
                    .orElseThrow();
            add(
                    all,
                    "put the older point's " + name,
                    store,
                    versions ? name : Names.SEAL,
                    over,
                    there -> there.overwrite(key, yesterday));
        }
        add(
                all,
                "sign with another key",
                store,
                Names.SEAL,
                Severity.ERROR,
                there -> reseal(there, SignedSeal.sign(newer.seal(), SealKey.generate(new SecureRandom()))));
        add(
                all,
                "seal another list with our key",
                store,
                Names.SEAL,
                Severity.ERROR,
                there -> reseal(there, SignedSeal.sign(without(newer.seal(), Names.VERSIONS), fixture.sealKey())));
        all.add(new Case(
                "remove the whole point",
                store,
                there -> {
                    for (String each : there.keys()) {
                        if (each.startsWith(newer.seal().point().toString())) {
                            there.delete(new ObjectKey(each));
                        }
                    }
                },
                newer.seal().point().toString(),
                List.of(""),
                Severity.WARNING));
        all.add(new Case(
                "add a strange folder",
                store,
                there -> there.overwrite(new ObjectKey("strange/object"), new byte[1]),
                "",
                List.of(""),
                Severity.WARNING));
    }

    private static void add(List<Case> all, String how, MemoryStore store, String name, Severity worst, Harm harm) {
        all.add(new Case(how + ": " + name, store, harm, newer.seal().point().toString(), List.of(name), worst));
    }

    private static ObjectKey key(String name) {
        return name.startsWith(Names.BLOBS)
                ? new ObjectKey(name)
                : new BundleKeys(newer.seal().point()).object(name);
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] other = bytes.clone();
        other[at] ^= 0x10;
        return other;
    }

    private static Seal without(Seal seal, String name) {
        return new Seal(
                seal.instance(),
                seal.epoch(),
                seal.sequence(),
                seal.point(),
                seal.previous(),
                seal.recipients(),
                seal.keyGenerations(),
                seal.services(),
                seal.warnings(),
                seal.objects().stream()
                        .filter(each -> !each.name().equals(name))
                        .toList(),
                seal.blobs());
    }

    private static void reseal(MemoryStore store, SignedSeal signed) throws Exception {
        BundleKeys keys = new BundleKeys(signed.seal().point());
        store.delete(keys.seal());
        store.delete(keys.signature());
        PointWriter.seal(store, signed);
    }

    @Test
    void everyHarmIsNamedWithItsPlace() throws Exception {
        List<Case> cases = cases();
        List<String> unnamed = new ArrayList<>();
        int ran = 0;
        for (Case each : cases) {
            MemoryStore harmed = each.store().copy(PLACE);
            each.harm().to(harmed);
            IntegrityReport report = new IntegrityCheck(
                            List.of(versioned, harmed),
                            fixture.trust(),
                            store -> fixture.known(),
                            new Sample(100, new Random(7)),
                            event -> {})
                    .run(new Which.All());
            fault(each, report).ifPresent(unnamed::add);
            ran++;
        }
        System.out.println("damage matrix: " + ran + " cases ran, " + unnamed.size() + " were not named");
        assertThat(unnamed).isEmpty();
        assertThat(ran).isEqualTo(cases.size()).isGreaterThanOrEqualTo(LEAST);
    }

    private static Optional<String> fault(Case each, IntegrityReport report) {
        String told = report.findings().stream().map(Finding::text).toList().toString();
        boolean named = each.objects().stream()
                .allMatch(object -> report.findings().stream()
                        .anyMatch(one -> one.place().equals(PLACE)
                                && one.point().equals(each.point())
                                && one.object().equals(object)));
        boolean elsewhere = report.findings().stream()
                .anyMatch(one -> !one.place().equals(PLACE) && !one.message().contains("has another seal than at"));
        boolean worst = report.findings().stream()
                .map(Finding::severity)
                .max(java.util.Comparator.naturalOrder())
                .filter(each.worst()::equals)
                .isPresent();
        return named && !elsewhere && worst
                ? Optional.empty()
                : Optional.of(each.name() + " at the " + each.store().name() + " store: " + told);
    }

    /** The same harms, seen by who has the key: it must not say that all is well, except where the sealed version is there. */
    @Test
    void whoHasTheKeyIsNotToldThatHarmedObjectsAreWell() throws Exception {
        int ran = 0;
        for (Case each : cases()) {
            boolean inside = each.objects().stream()
                    .allMatch(name -> newer.seal().object(name).isPresent() || name.startsWith(Names.BLOBS + "/"));
            if (!inside || each.worst() != Severity.ERROR) {
                continue;
            }
            MemoryStore harmed = each.store().copy(PLACE);
            each.harm().to(harmed);
            List<Finding> found = new ContentCheck(
                            List.of(fixture.age().identity()), Optional.of(new Sample(100, new Random(7))), event -> {})
                    .run(PLACE, newer, PointBytes.at(harmed, newer));
            for (String name : each.objects()) {
                if (found.stream()
                                .noneMatch(one -> one.severity() == Severity.ERROR
                                        && one.object().equals(name))
                        && !hiddenBehindTheManifest(each)) {
                    fail(each.name() + ": " + found.stream().map(Finding::text).toList());
                }
            }
            ran++;
        }
        System.out.println("damage matrix with the key: " + ran + " cases ran");
        assertThat(ran).isGreaterThanOrEqualTo(150);
    }

    /** Without its manifest nothing more of the point is looked at. */
    private static boolean hiddenBehindTheManifest(Case each) {
        return each.objects().size() > 1 && each.objects().contains(Names.MANIFEST + Names.AGE);
    }

    @Test
    void wholePointsGiveNoFinding() throws Exception {
        MemoryStore whole = versioned.copy(PLACE);
        IntegrityReport report = new IntegrityCheck(
                        List.of(versioned, whole),
                        fixture.trust(),
                        store -> fixture.known(),
                        new Sample(100, new Random(7)),
                        event -> {})
                .run(new Which.All());
        assertThat(report.findings()).isEmpty();
        assertThat(report.whole()).hasSize(2);
    }

    @Test
    void everyPartOfThePointIsInTheMatrix() {
        List<String> names =
                newer.seal().objects().stream().map(SealedObject::name).toList();
        assertThat(names)
                .containsExactlyInAnyOrder(Stream.of(
                                Stream.of(
                                                Names.POSTGRES,
                                                Names.FORGEJO,
                                                Names.VAULT,
                                                Names.PULUMI_STATE,
                                                Names.OBJECTS,
                                                Names.MANIFEST)
                                        .map(each -> each + Names.AGE),
                                Stream.of(Names.INVENTORY, Names.CONFIGURATION, Names.VERSIONS))
                        .flatMap(each -> each)
                        .toArray(String[]::new));
        assertThat(new String(
                        plain.bytes(new BundleKeys(newer.seal().point()).seal()).orElseThrow(), StandardCharsets.UTF_8))
                .contains(newer.seal().instance());
    }
}
