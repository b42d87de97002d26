package dev.foundation.plugin.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.objectstore.S3Access;
import dev.foundation.objectstore.S3Buckets;
import dev.foundation.objectstore.S3Engine;
import dev.foundation.plugin.ResourceHandler.Current;
import dev.foundation.plugin.restore.BucketsRestore.Inputs;
import dev.foundation.store.local.LocalStore;
import dev.foundation.testing.BucketContent;
import dev.foundation.testing.PointFixture;
import dev.foundation.testing.RecordingRun;
import dev.foundation.testing.S3Server;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

@Timeout(180)
final class BucketsRestoreIT {
    private static final List<String> BUCKETS = List.of("packages", "lfs");
    private static final String LARGE = "large".repeat(4 << 20);

    @TempDir
    Path folder;

    private final RecordingRun run = new RecordingRun();
    private final BucketsRestore handler = new BucketsRestore();

    @ParameterizedTest
    @EnumSource(S3Engine.class)
    void objectsComeBackOnceProvedAndARestoreThatBrokeOffGoesOn(S3Engine engine) throws Exception {
        Assumptions.assumeTrue(S3Server.available(engine));
        Path stage = Files.createDirectories(folder.resolve("stage"));
        var fixture = new PointFixture(folder, List.of(new LocalStore("local", stage)));
        var wanted = new TreeMap<String, String>();
        for (int i = 0; i < 30; i++) {
            wanted.put("packages/deep/ünï " + i, "content " + i);
        }
        wanted.put("lfs/large", LARGE);
        wanted.put("lfs/empty", "");
        for (Map.Entry<String, String> each : wanted.entrySet()) {
            int slash = each.getKey().indexOf('/');
            fixture.buckets()
                    .put(each.getKey().substring(0, slash), each.getKey().substring(slash + 1), each.getValue());
        }
        String point = fixture.take().seal().point().toString();
        fixture.buckets().put("packages", "later", "of the next point");
        String next = fixture.take().seal().point().toString();

        try (var server = S3Server.start(engine, Files.createDirectories(folder.resolve("s3")));
                S3Client s3 = BucketContent.client(server.root());
                var buckets = new S3Buckets(server.root())) {
            buckets.create("packages", false);
            buckets.create("lfs", false);
            Inputs inputs = inputs(fixture, server.root(), stage, point);

            s3.putObject(r -> r.bucket("lfs").key("mine"), RequestBody.fromString("mine"));
            assertThatThrownBy(() -> handler.create(inputs, run))
                    .hasMessageContaining("bucket lfs")
                    .hasMessageContaining("mine")
                    .hasMessageContaining("nothing was touched");
            buckets.empty("lfs", () -> {});

            // One blob is damaged: it is named, and its object does not appear.
            Path blob = BucketContent.largest(stage.resolve("blobs"));
            byte[] whole = BucketContent.spoil(blob);
            assertThatThrownBy(() -> handler.create(inputs, run))
                    .hasMessageContaining("blobs/" + blob.getFileName())
                    .hasMessageContaining("large in bucket lfs");
            assertThat(BucketContent.of(s3, BUCKETS))
                    .doesNotContainKey("lfs/large")
                    .hasSizeLessThan(wanted.size());
            assertThat(s3.listMultipartUploads(r -> r.bucket("lfs")).uploads()).isEmpty();
            BucketContent.replace(blob, whole);

            var made = handler.create(inputs, run);
            assertThat(BucketContent.of(s3, BUCKETS)).isEqualTo(wanted);
            assertThat(made.outputs().objects()).isEqualTo(wanted.size());
            assertThat(made.outputs().bytes())
                    .isEqualTo(wanted.values().stream()
                            .mapToLong(each -> each.getBytes(StandardCharsets.UTF_8).length)
                            .sum());
            for (String key : List.of("large", "empty")) {
                var head = s3.headObject(r -> r.bucket("lfs").key(key));
                assertThat(head.contentType()).isEqualTo("text/plain");
                assertThat(head.metadata()).isEqualTo(Map.of("made", "by a test"));
            }

            // Finished: not done again, whatever has happened to the objects since; no other point comes over it.
            s3.deleteObject(r -> r.bucket("lfs").key("empty"));
            assertThat(handler.create(inputs, run).outputs().objects()).isEqualTo(wanted.size());
            assertThat(BucketContent.of(s3, BUCKETS)).doesNotContainKey("lfs/empty");
            Inputs later = inputs(fixture, server.root(), stage, next);
            assertThatThrownBy(() -> handler.create(later, run)).hasMessageContaining("nothing was touched");
            assertThat(handler.refusedChange(inputs, later)).isPresent();
            assertThat(handler.read("id", Optional.of(new Current<>(inputs, made.outputs()))))
                    .isPresent();
            assertThat(run.infos())
                    .noneMatch(each -> each.contains(server.root().secretKey()));
        }
    }

    private static Inputs inputs(PointFixture fixture, S3Access target, Path stage, String point) {
        return new Inputs(
                new RestoreSource(
                        fixture.trust().instance(),
                        List.of(fixture.sealKey().publicLine()),
                        point,
                        stage.toString(),
                        fixture.age().identity().expose()),
                target.endpoint().toString(),
                target.accessKey(),
                target.secretKey(),
                BUCKETS,
                new BlobOrigin(
                        Optional.of(stage.toString()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }
}
