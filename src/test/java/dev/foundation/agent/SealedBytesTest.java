package dev.foundation.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.agent.ControlDoor.NotThere;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.SealCache;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.replicate.Replication;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.StoreException;
import dev.foundation.stream.Sha256;
import dev.foundation.testing.Faults;
import dev.foundation.testing.MemoryStore;
import dev.foundation.testing.PointFixture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `extract` and `verify` are given: the sealed bytes, wherever and whichever version they are (P2). */
final class SealedBytesTest {
    private static final String DUMP = Names.POSTGRES + Names.AGE;

    @TempDir
    private Path folder;

    private final MemoryStore local = new MemoryStore("local");
    private final MemoryStore second = new MemoryStore("second");
    private PointFixture fixture;
    private SignedSeal point;
    private BundleId id;
    private ObjectKey dump;

    @BeforeEach
    void aPointAtTwoPlaces() throws InterruptedException {
        fixture = new PointFixture(folder, List.of(local, second));
        fixture.buckets().put("media", "a", "one");
        point = fixture.take();
        id = point.seal().point();
        dump = new BundleKeys(id).object(DUMP);
    }

    private byte[] read(String name) throws IOException, InterruptedException {
        try (InputStream in = new SealedBytes(List.of(local, second), fixture.trust()).open(id, name)) {
            return in.readAllBytes();
        }
    }

    private void isAsSealed(String name) throws IOException, InterruptedException {
        assertThat(Sha256.of(read(name)))
                .isEqualTo(point.seal().object(name).orElseThrow().sha256());
    }

    @Test
    void ofARepairedObjectTheSecondVersionIsTheGoodOne() throws Exception {
        local.damage(dump);
        var repaired = new Replication(List.of(local, second), fixture.trust(), store -> SealCache.none(), event -> {})
                .repair(fixture.known(), any -> true);
        assertThat(repaired.problems()).isEmpty();
        assertThat(local.versions(dump)).hasSize(2);

        second.fail(call -> new Faults.Fault.Throw(StoreException.Kind.TRANSIENT));
        isAsSealed(DUMP);
    }

    @Test
    void whatSomebodyWroteOverAnObjectIsNeverHandedOut() throws Exception {
        byte[] before = read(DUMP);
        local.overwrite(dump, new byte[before.length]);
        second.overwrite(dump, new byte[before.length]);
        assertThat(read(DUMP)).isEqualTo(before);
    }

    @Test
    void aDamagedObjectComesFromTheOtherPlaceAndIfThereIsNoneThatIsSaid() throws Exception {
        local.damage(dump);
        isAsSealed(DUMP);
        second.damage(dump);
        assertThatThrownBy(() -> read(DUMP))
                .isInstanceOf(NotThere.class)
                .hasMessageContaining("local and second")
                .hasMessageContaining("verify --point " + id);
    }

    @Test
    void aPlaceThatDoesNotAnswerIsNoAnswerAboutTheObject() throws Exception {
        local.damage(dump);
        second.fail(call -> new Faults.Fault.Throw(StoreException.Kind.TRANSIENT));
        assertThatThrownBy(() -> read(DUMP))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(NotThere.class)
                .hasMessageContaining("second: ");
    }

    @Test
    void sealSignatureAndListedBlobsAreGivenAndNothingElse() throws Exception {
        assertThat(read(Names.SEAL)).isEqualTo(point.bytes());
        assertThat(read(Names.SIGNATURE)).isEqualTo(point.signature().getBytes(StandardCharsets.US_ASCII));
        String blob = local.keys().stream()
                .filter(each -> each.startsWith("blobs/"))
                .findFirst()
                .orElseThrow();
        assertThat(read(blob)).isEqualTo(local.bytes(new ObjectKey(blob)).orElseThrow());
        assertThatThrownBy(() -> read("blobs/" + "0".repeat(64) + ".age")).isInstanceOf(NotThere.class);
        assertThatThrownBy(() -> read("other")).isInstanceOf(NotThere.class);
    }
}
