package dev.foundation.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import dev.foundation.secret.Secret;
import dev.foundation.store.ObjectKey;
import dev.foundation.stream.Sha256;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bundles of format 1 as they were once written are read for ever (P8). */
final class GoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/v1");
    private static final String INSTANCE = "00000000-0000-4000-8000-000000000001";

    private FakeStore store;
    private Trust trust;

    @BeforeEach
    void load() throws Exception {
        store = FakeStore.of(GOLDEN.resolve("store"));
        trust = new Trust(INSTANCE, 1, List.of(Files.readString(GOLDEN.resolve("keys/seal.pub"))));
    }

    private PointList list() throws Exception {
        return new Points(store, trust, SealCache.none(), new Random(1)).list(Known.nothing());
    }

    private static byte[] open(byte[] sealed) throws Exception {
        String identity = Files.readAllLines(GOLDEN.resolve("keys/identity")).stream()
                .filter(line -> line.startsWith("AGE-SECRET-KEY-"))
                .findFirst()
                .orElseThrow();
        try (var channel = new StandardDecryptingChannelFactory()
                .newDecryptingChannel(
                        Channels.newChannel(new ByteArrayInputStream(sealed)),
                        List.of(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(identity)))) {
            return Channels.newInputStream(channel).readAllBytes();
        }
    }

    @Test
    void bothPointsAreSealedInOneChainWithoutAnAlarm() throws Exception {
        PointList list = list();

        assertThat(list.alarms()).isEmpty();
        assertThat(list.sealed())
                .extracting(each -> each.id().toString())
                .containsExactly("20261121T030000Z", "20261122T030000Z");
        assertThat(list.newest().orElseThrow().seal().warnings()).containsExactly("a warning: \"golden\" \u2603");
        assertThat(list.newest().orElseThrow().seal().blobs().newCount()).isEqualTo(1);
    }

    @Test
    void everyObjectIsTheSealedOneAndEveryBlobIsThere() throws Exception {
        var names = new BlobNames(Secret.of(Files.readString(GOLDEN.resolve("keys/blobNameKey"))));
        for (Point.Sealed point : list().sealed()) {
            var keys = new BundleKeys(point.id());
            for (SealedObject each : point.seal().objects()) {
                byte[] content = store.content(keys.object(each.name()));
                assertThat(content).as(each.name()).hasSize((int) each.size());
                assertThat(Sha256.of(content)).as(each.name()).isEqualTo(each.sha256());
            }
            Manifest manifest = Manifest.parse(open(store.content(keys.manifest())));
            manifest.checkAgainst(point.seal());
            for (Manifest.Entry each : manifest.artifacts()) {
                byte[] plain = open(store.content(keys.artifact(each.name())));
                assertThat(Sha256.of(plain))
                        .as(each.name())
                        .isEqualTo(each.plain().sha256());
                assertThat((long) plain.length).isEqualTo(each.plain().size());
            }
            Set<BlobName> listed = new HashSet<>();
            try (var inventory = new InventoryReader(new ByteArrayInputStream(store.content(keys.inventory())))) {
                for (Optional<InventoryLine> line = inventory.next(); line.isPresent(); line = inventory.next()) {
                    listed.add(line.get().name());
                    byte[] blob = store.content(BundleKeys.blob(line.get().name()));
                    assertThat(Sha256.of(blob)).isEqualTo(line.get().sha256());
                }
                inventory.finish(point.seal().blobs());
            }
            byte[] objects = open(store.content(keys.artifact(Names.OBJECTS)));
            try (var reader = new ObjectsReader(new ByteArrayInputStream(objects))) {
                for (Optional<BlobObject> each = reader.next(); each.isPresent(); each = reader.next()) {
                    BlobObject object = each.get();
                    assertThat(names.versioned(object.bucket(), object.key(), object.version()))
                            .isEqualTo(object.blob());
                    assertThat(listed.remove(object.blob())).isTrue();
                    byte[] content = open(store.content(BundleKeys.blob(object.blob())));
                    assertThat(Sha256.of(content)).isEqualTo(object.sha256());
                }
            }
            assertThat(listed).isEmpty();
        }
    }

    @Test
    void anObjectSwappedBetweenTwoPointsIsNotTheSealedOne() throws Exception {
        List<Point.Sealed> points = list().sealed();
        ObjectKey other = new BundleKeys(points.getFirst().id()).artifact(Names.POSTGRES);
        SealedObject sealed =
                points.getLast().seal().object(Names.POSTGRES + Names.AGE).orElseThrow();

        assertThat(Sha256.of(store.content(other))).isNotEqualTo(sealed.sha256());
        Manifest manifest = Manifest.parse(
                open(store.content(new BundleKeys(points.getFirst().id()).manifest())));
        assertThatThrownBy(() -> manifest.checkAgainst(points.getLast().seal()))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("not of the sealed one");
    }

    @Test
    void theSealIsTheBytesThatWeWouldWriteToday() throws Exception {
        for (Point.Sealed each : list().sealed()) {
            assertThat(new String(each.signed().bytes(), StandardCharsets.UTF_8))
                    .isEqualTo(new String(each.seal().bytes(), StandardCharsets.UTF_8));
        }
    }
}
