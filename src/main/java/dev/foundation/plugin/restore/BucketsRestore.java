package dev.foundation.plugin.restore;

import dev.foundation.artifact.buckets.BlobBytes;
import dev.foundation.artifact.buckets.BucketsRestorer;
import dev.foundation.bundle.BlobTable;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.SealedContent;
import dev.foundation.objectstore.S3Access;
import dev.foundation.plugin.Problem;
import dev.foundation.plugin.Run;
import dev.foundation.plugin.Secret;
import dev.foundation.plugin.Stable;
import dev.foundation.store.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;

/** The objects as of the point, in buckets that were just made. Blobs come from the store that the point was found in. */
public final class BucketsRestore extends RestoreStep<BucketsRestore.Inputs, BucketsRestore.Outputs> {
    private static final Pattern ADDRESS = Pattern.compile("https?://[^/ ]+/?");

    /**
     * @param endpoint of the S3 server that gets them
     * @param buckets those of the foundation; objects of other buckets are not brought back
     * @param blobs where the point's blobs are read
     */
    public record Inputs(
            RestoreSource source,
            String endpoint,
            @Secret String accessKey,
            @Secret String secretKey,
            List<String> buckets,
            BlobOrigin blobs) {
        @Override
        public String toString() {
            return source.toString();
        }
    }

    /**
     * @param objects that the buckets hold now
     * @param bytes of their content
     * @param seconds that it took
     */
    public record Outputs(
            @Stable String point,
            @Stable long objects,
            @Stable long bytes,
            @Stable long seconds) {}

    @Override
    public String token() {
        return "foundation:index:BucketsRestore";
    }

    @Override
    public Class<Inputs> inputs() {
        return Inputs.class;
    }

    @Override
    public Class<Outputs> outputs() {
        return Outputs.class;
    }

    @Override
    RestoreSource source(Inputs inputs) {
        return inputs.source();
    }

    @Override
    String point(Outputs outputs) {
        return outputs.point();
    }

    @Override
    public List<Problem> check(Inputs inputs) {
        return inputs.blobs()
                .check(inputs.source().check())
                .matching("endpoint", inputs.endpoint(), ADDRESS, "http://host:port or https://host:port")
                .filled("accessKey", inputs.accessKey())
                .filled("secretKey", inputs.secretKey())
                .unless(!inputs.buckets().isEmpty(), "buckets", "name at least one")
                .list();
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        var told = new Told(run, InstantSource.system());
        var staged = inputs.source().open();
        var inventory = new BlobTable.Builder();
        SealedContent.inventory(staged.store(), staged.signed(), inventory::add);
        var target = new S3Access(URI.create(inputs.endpoint()), "us-east-1", inputs.accessKey(), inputs.secretKey());
        try (ObjectStore origin = inputs.blobs().open()) {
            var restored = new BucketsRestorer(target, new BlobBytes(origin, staged.ageKeys()), told)
                    .restore(
                            inputs.source().mark(),
                            staged.artifact(Names.OBJECTS),
                            inventory.build(),
                            inputs.buckets());
            return new Created<>(
                    inputs.endpoint(),
                    new Outputs(inputs.source().point(), restored.objects(), restored.bytes(), told.seconds()));
        }
    }
}
