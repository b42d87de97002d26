package dev.foundation.backup;

import dev.foundation.artifact.Artifact;
import dev.foundation.artifact.buckets.BlobSource;
import dev.foundation.artifact.postgres.ForgejoRow;
import dev.foundation.bundle.Manifest.Exclusion;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a run reads, in the order of P5: the database first, beside what depends on nothing; then Forgejo's volume and the buckets as of the database's
 * moment.
 *
 * @param database empty where there is none: then the buckets are read as of now
 * @param first besides the database: Vault, Pulumi's state
 * @param volume Forgejo's
 * @param volumeCheck findings against the volume, each a sentence: references without their objects
 * @param buckets read from {@code blobs}
 * @param clear configuration and {@code VERSIONS}
 * @param tools versions by tool, for the manifest
 */
public record Sources(
        Optional<Database> database,
        List<Opener> first,
        Optional<Opener> volume,
        Check volumeCheck,
        Optional<BlobSource> blobs,
        List<String> buckets,
        List<Opener> clear,
        Map<String, String> tools,
        List<Exclusion> exclusions) {
    public Sources {
        first = List.copyOf(first);
        buckets = List.copyOf(buckets);
        clear = List.copyOf(clear);
        tools = Map.copyOf(tools);
        exclusions = List.copyOf(exclusions);
    }

    /** Opens a source when its turn comes. */
    @FunctionalInterface
    public interface Opener {
        Artifact open() throws IOException, InterruptedException;
    }

    /** Looks at a source after it was read. */
    @FunctionalInterface
    public interface Check {
        List<String> findings() throws IOException, InterruptedException;
    }

    /** The database, and with it what ties the other sources to it. */
    @FunctionalInterface
    public interface Database {
        /** @param rows is given every row that says that an object is in a bucket */
        Dump open(Consumer<ForgejoRow> rows) throws IOException, InterruptedException;
    }

    /** @param moment of the snapshot; asked after the dump has ended. Empty if Forgejo's database is not among those dumped */
    public record Dump(Artifact artifact, Supplier<Optional<Instant>> moment) {}
}
