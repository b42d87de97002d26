package dev.foundation.artifact.buckets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.bundle.BlobTable;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.SealedContent;
import dev.foundation.objectstore.S3Buckets;
import dev.foundation.objectstore.S3Engine;
import dev.foundation.restore.StagedPoint;
import dev.foundation.store.local.LocalStore;
import dev.foundation.testing.BucketContent;
import dev.foundation.testing.PointFixture;
import dev.foundation.testing.S3Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Over a real S3 server whose buckets are in use. */
@Timeout(180)
final class BucketSwapIT {
    private static final String STAMP = "20261121T030000Z";
    private static final String LARGE = "large".repeat(4 << 20);
    private static final List<String> BUCKETS = List.of("packages", "lfs");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(S3Engine.class)
    void objectsAreAsOfThePointAndAfterTheUndoAsTheyWere(S3Engine engine) throws Exception {
        Assumptions.assumeTrue(S3Server.available(engine));
        Path stage = Files.createDirectories(folder.resolve("stage"));
        var store = new LocalStore("local", stage);
        var fixture = new PointFixture(folder, List.of(store));
        fixture.buckets().put("packages", "a/same", "same");
        fixture.buckets().put("packages", "a/one", "of the point");
        fixture.buckets().put("packages", "a/ünï gone", "of the point");
        fixture.buckets().put("packages", "b/two", "of the point");
        fixture.buckets().put("lfs", "large", LARGE);
        String id = fixture.take().seal().point().toString();
        StagedPoint point = StagedPoint.open(
                store,
                id,
                fixture.trust().publicLines(),
                fixture.trust().instance(),
                fixture.age().identity());
        var table = new BlobTable.Builder();
        SealedContent.inventory(point.store(), point.signed(), table::add);
        BlobTable inventory = table.build();
        var blobs = new BlobBytes(store, point.ageKeys());
        var list = point.artifact(Names.OBJECTS);

        try (var server = S3Server.start(engine, Files.createDirectories(folder.resolve("s3")));
                S3Client s3 = BucketContent.client(server.root());
                var buckets = new S3Buckets(server.root());
                var swap = new BucketSwap(server.root(), event -> {}, 8 << 20)) {
            assertThatThrownBy(() -> swap.look(list, "packages", ""))
                    .hasMessageContaining("no bucket packages")
                    .hasMessageContaining("Nothing was touched");
            buckets.create("packages", true);
            buckets.create("lfs", false);
            put(s3, "packages", "a/same", "same");
            put(s3, "packages", "a/one", "but of now!!");
            put(s3, "packages", "b/two", "of now");
            put(s3, "packages", "a/newer", "of now");
            put(s3, "lfs", "large", "another".repeat(3 << 20));
            Map<String, String> before = BucketContent.of(s3, BUCKETS);
            assertThatThrownBy(() -> swap.look(list, "media", ""))
                    .hasMessageContaining("the point has no object media/")
                    .hasMessageContaining("lfs, packages");

            BucketSwap.Look some = swap.look(list, "packages", "a/");
            assertThat(some.changed()).hasSize(1);
            assertThat(some.made()).hasSize(1);
            assertThat(some.same()).isEqualTo(1);
            assertThat(some.newer()).isEqualTo(1);

            // One blob is damaged: everything is as it was.
            BucketSwap.Look look = swap.look(list, "", "");
            Path blob = BucketContent.largest(stage.resolve("blobs"));
            byte[] whole = BucketContent.spoil(blob);
            assertThatThrownBy(() -> swap.prove(look, inventory, blobs)).hasMessageContaining("large in bucket lfs");
            assertThat(BucketContent.of(s3, BUCKETS)).isEqualTo(before);
            BucketContent.replace(blob, whole);

            swap.prove(look, inventory, blobs);
            swap.save(look, STAMP);
            swap.bring(look, inventory, blobs);
            var wanted = new TreeMap<>(Map.of(
                    "packages/a/same", "same",
                    "packages/a/one", "of the point",
                    "packages/a/ünï gone", "of the point",
                    "packages/b/two", "of the point",
                    "packages/a/newer", "of now",
                    "lfs/large", LARGE));
            assertThat(BucketContent.of(s3, BUCKETS)).isEqualTo(wanted);
            assertThat(s3.headObject(r -> r.bucket("lfs").key("large")).metadata())
                    .isEqualTo(Map.of("made", "by a test"));
            assertThat(swap.look(list, "", "").bytes()).isZero();

            var kept = new TreeMap<String, String>();
            for (String each : look.buckets()) {
                kept.put(each, BucketSwap.kept(each, STAMP));
            }
            assertThat(swap.undo(kept, List.of(new BucketSwap.Place("packages", "a/ünï gone"))))
                    .isEqualTo(4);
            assertThat(BucketContent.of(s3, BUCKETS)).isEqualTo(before);
            var head = s3.headObject(r -> r.bucket("lfs").key("large"));
            assertThat(head.contentType()).isEqualTo("text/x-now");
            assertThat(head.metadata()).isEqualTo(Map.of("made", "now"));
            assertThatThrownBy(() -> BucketSwap.kept("x".repeat(40), STAMP)).hasMessageContaining("too long a name");
        }
    }

    private static void put(S3Client s3, String bucket, String key, String content) {
        s3.putObject(
                r -> r.bucket(bucket).key(key).contentType("text/x-now").metadata(Map.of("made", "now")),
                RequestBody.fromString(content));
    }
}
