package dev.foundation.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.Seal;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.event.RunEvent;
import dev.foundation.seal.SealKey;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.testing.Faults;
import dev.foundation.testing.MemoryStore;
import dev.foundation.testing.PointFixture;
import dev.foundation.testing.TinyPoints;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PointChoiceTest {
    @TempDir
    Path folder;

    private final MemoryStore store = new MemoryStore("off-site");
    private final List<RunEvent> events = new ArrayList<>();
    private PointFixture fixture;
    private SignedSeal older;
    private SignedSeal newer;

    @BeforeEach
    void takeTwoPoints() throws Exception {
        fixture = new PointFixture(folder, List.of(store));
        fixture.buckets().put("media", "a", "content");
        older = fixture.take();
        fixture.buckets().put("media", "b", "more content");
        newer = fixture.take();
    }

    private PointChoice choice(Known known) {
        return new PointChoice(store, fixture.trust(), known, new Random(1), events::add);
    }

    private static BundleId id(SignedSeal point) {
        return point.seal().point();
    }

    @Test
    void theNewestThatHoldsIsTakenAndEveryByteOfItWasRead() throws Exception {
        var taken = choice(Known.nothing()).newest(Optional.empty());
        assertThat(taken.point().id()).isEqualTo(id(newer));
        assertThat(taken.read()).isTrue();
        assertThat(taken.rejected()).isEmpty();
        assertThat(taken.alarms()).isEmpty();
        assertThat(choice(Known.nothing())
                        .newest(Optional.of(id(older)))
                        .point()
                        .id())
                .isEqualTo(id(older));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Names.POSTGRES + Names.AGE,
                Names.FORGEJO + Names.AGE,
                Names.VAULT + Names.AGE,
                Names.PULUMI_STATE + Names.AGE,
                Names.OBJECTS + Names.AGE,
                Names.INVENTORY,
                Names.CONFIGURATION,
                Names.VERSIONS,
                Names.MANIFEST + Names.AGE,
                Names.SEAL
            })
    void aFlippedByteAnywhereInTheNewestGivesTheOlderOneAndIsNamed(String name) throws Exception {
        store.damage(new BundleKeys(id(newer)).object(name));

        var taken = choice(Known.nothing()).newest(Optional.empty());
        assertThat(taken.point().id()).isEqualTo(id(older));
        assertThat(taken.rejected()).extracting(Rejected::point).containsExactly(id(newer));
        if (!name.equals(Names.SEAL)) {
            assertThat(taken.rejected().getFirst().why().toString()).contains(name);
        }
        assertThat(events.toString()).contains(id(newer) + " is not taken");
        assertThatThrownBy(() -> choice(Known.nothing()).newest(Optional.of(id(newer))))
                .isInstanceOf(NothingHolds.class)
                .hasMessageContaining(id(newer).toString());
    }

    @Test
    void aDamagedBlobCountsAsMuch() throws Exception {
        String blob = store.keys().stream()
                .filter(key -> key.startsWith("blobs/"))
                .toList()
                .getLast();
        store.damage(new ObjectKey(blob));
        try {
            var taken = choice(Known.nothing()).newest(Optional.empty());
            assertThat(taken.point().id()).isEqualTo(id(older)); // the blob was the newer one's alone
            assertThat(taken.rejected().getFirst().why().toString()).contains(blob);
        } catch (NothingHolds e) {
            assertThat(e.rejected()).extracting(Rejected::point).containsExactly(id(newer), id(older));
            assertThat(e).hasMessageContaining("nothing was recovered");
        }
    }

    @Test
    void aForgedSealIsRefusedAndTold() throws Exception {
        BundleId forged = BundleId.of("20270101T000000Z");
        Seal seal = newer.seal();
        SignedSeal evil = SignedSeal.sign(
                new Seal(
                        seal.instance(),
                        seal.epoch(),
                        seal.sequence() + 1,
                        forged,
                        Optional.of(newer.sha256()),
                        seal.recipients(),
                        seal.keyGenerations(),
                        seal.services(),
                        List.of(),
                        List.of(),
                        Seal.Blobs.NONE),
                SealKey.generate(new SecureRandom()));
        TinyPoints.put(store, new BundleKeys(forged).seal(), evil.bytes());
        TinyPoints.put(
                store, new BundleKeys(forged).signature(), evil.signature().getBytes(StandardCharsets.US_ASCII));

        var taken = choice(Known.nothing()).newest(Optional.empty());
        assertThat(taken.point().id()).isEqualTo(id(newer));
        assertThat(taken.rejected()).extracting(Rejected::point).containsExactly(forged);
        assertThatThrownBy(() -> choice(Known.nothing()).newest(Optional.of(forged)))
                .isInstanceOf(NothingHolds.class);
        assertThatThrownBy(() -> choice(Known.nothing()).listed(Optional.of(forged)))
                .isInstanceOf(NothingHolds.class);
    }

    @Test
    void aFolderWithoutASealIsNoPointAndIsTold() throws Exception {
        TinyPoints.put(store, new ObjectKey("20270101T000000Z/" + Names.VERSIONS), new byte[] {1});
        var taken = choice(Known.nothing()).newest(Optional.empty());
        assertThat(taken.point().id()).isEqualTo(id(newer));
        assertThat(taken.rejected().getFirst().why().toString()).contains("no SEAL.json");
    }

    @Test
    void aStoreThatWasRolledBackIsAnAlarm() throws Exception {
        var known = fixture.known();
        for (String each : store.keys()) {
            if (each.startsWith(id(newer) + "/")) {
                store.delete(new ObjectKey(each));
            }
        }
        var taken = choice(known).newest(Optional.empty());
        assertThat(taken.point().id()).isEqualTo(id(older));
        assertThat(taken.alarms().toString()).contains("sequence 2 was seen before");
    }

    @Test
    void anOlderPointThatWasPrunedIsNoAlarm() throws Exception {
        for (String each : store.keys()) {
            if (each.startsWith(id(older) + "/")) {
                store.delete(new ObjectKey(each));
            }
        }
        var taken = choice(Known.nothing()).newest(Optional.empty());
        assertThat(taken.point().id()).isEqualTo(id(newer));
        assertThat(taken.alarms()).isEmpty();
        assertThat(events.toString()).contains("sequences 1 to 1 are not there");
    }

    @Test
    void aStoreThatDoesNotAnswerNeverLeadsToAnOlderPoint() throws Exception {
        store.fail(call -> call.operation().equals("open") && !call.key().contains(Names.SEAL)
                ? new Faults.Fault.Throw(Kind.TRANSIENT)
                : Faults.NONE);
        assertThatThrownBy(() -> choice(Known.nothing()).newest(Optional.empty()))
                .isInstanceOf(NotReached.class)
                .hasMessageContaining("no older point was taken");
        store.fail(Faults.on("folders", new Faults.Fault.Throw(Kind.TRANSIENT)));
        assertThatThrownBy(() -> choice(Known.nothing()).newest(Optional.empty()))
                .isInstanceOf(NotReached.class)
                .hasMessageContaining("cannot be listed");
    }

    @Test
    void aListingAloneReadsNoArtifactAndSaysSo() throws Exception {
        store.damage(new BundleKeys(id(newer)).object(Names.POSTGRES + Names.AGE));
        var listed = choice(Known.nothing()).listed(Optional.empty());
        assertThat(listed.point().id()).isEqualTo(id(newer));
        assertThat(listed.read()).isFalse();
        assertThat(events.toString()).contains("it was not read");
    }

    @Test
    void aStoreOfAnotherFoundationHasNothingForUs() throws Exception {
        var other = new PointFixture(folder.resolve("other"), List.of(new MemoryStore("x")));
        assertThatThrownBy(() -> new PointChoice(store, other.trust(), Known.nothing(), new Random(1), events::add)
                        .newest(Optional.empty()))
                .isInstanceOf(NothingHolds.class)
                .hasMessageContaining("there is no sealed point");
    }
}
