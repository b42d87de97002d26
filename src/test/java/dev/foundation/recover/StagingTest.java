package dev.foundation.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.event.RunEvent;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.testing.Faults;
import dev.foundation.testing.MemoryStore;
import dev.foundation.testing.PointFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StagingTest {
    @TempDir
    Path folder;

    private final MemoryStore store = new MemoryStore("off-site");
    private final List<RunEvent> events = new ArrayList<>();
    private PointFixture fixture;
    private SignedSeal point;
    private Staging staging;

    @BeforeEach
    void takeAPoint() throws Exception {
        fixture = new PointFixture(folder, List.of(store));
        fixture.buckets().put("media", "a", "content");
        point = fixture.take();
        staging = new Staging(folder.resolve("state/recovery"), Clock.systemUTC());
    }

    @Test
    void thePointsOwnObjectsAreThereForTheirOwnerAloneAndNoBlob() throws Exception {
        long sent = staging.stage(point, store, events::add);

        Path stage = folder.resolve("state/recovery");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stage)))
                .isEqualTo("rwx------");
        assertThat(sent)
                .isEqualTo(point.seal().objects().stream()
                        .mapToLong(each -> each.size())
                        .sum());
        assertThat(stage.resolve("blobs")).doesNotExist();
        assertThat(events.getLast()).isInstanceOf(RunEvent.Finished.class);
        var staged = new PointChoice(staging.store(), fixture.trust(), Known.nothing(), new Random(1), events::add)
                .listed(Optional.empty());
        assertThat(staged.point().signed().sha256()).isEqualTo(point.sha256());
        assertThat(staging.stage(point, store, events::add)).isZero();
    }

    @Test
    void wheneverTheOffSiteGoesAwayItIsContinuedAndNothingIsAPointBefore() throws Exception {
        int cases = 0;
        for (int call = 1; ; call++, cases++) {
            var at = new Staging(folder.resolve("at-" + call), Clock.systemUTC());
            int first = call;
            store.fail(Faults.from(first, "open", new Faults.Fault.Throw(Kind.TRANSIENT)));
            boolean failed = false;
            try {
                at.stage(point, store, events::add);
            } catch (NotReached e) {
                failed = true;
                assertThat(e).hasMessageContaining("goes on from there");
                assertThat(at.store().find(new BundleKeys(point.seal().point()).seal()))
                        .isEmpty();
            }
            store.fail(Faults.none());
            at.stage(point, store, events::add);
            assertThat(at.store().find(new BundleKeys(point.seal().point()).signature()))
                    .isPresent();
            if (!failed) {
                break;
            }
        }
        assertThat(cases).isEqualTo(point.seal().objects().size());
    }

    @Test
    void whatIsNotAsSealedIsNeverStaged() throws Exception {
        store.damage(new BundleKeys(point.seal().point()).object(Names.POSTGRES + Names.AGE));
        assertThatThrownBy(() -> staging.stage(point, store, events::add))
                .isInstanceOf(NotReached.class)
                .hasMessageContaining(Names.POSTGRES);
        assertThat(folder.resolve("state/recovery/" + point.seal().point() + "/" + Names.POSTGRES + Names.AGE))
                .doesNotExist();
    }

    @Test
    void whatWasChangedInTheStageIsNoticed() throws Exception {
        staging.stage(point, store, events::add);
        Path file = folder.resolve("state/recovery/" + point.seal().point() + "/" + Names.POSTGRES + Names.AGE);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> staging.stage(point, store, events::add))
                .hasMessageContaining("with other bytes than the seal says");
    }
}
