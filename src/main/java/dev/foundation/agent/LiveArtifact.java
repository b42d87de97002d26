package dev.foundation.agent;

import dev.foundation.age.AgeSealer;
import dev.foundation.artifact.Artifact;
import dev.foundation.backup.Sources;
import dev.foundation.bundle.Names;
import dev.foundation.stream.ParallelZstd;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;

/**
 * One service as it is now, sealed to the recipients of points: the same producers as a point's, but no point, and nothing is kept here (R7.3). Plain bytes
 * leave the agent never.
 */
final class LiveArtifact {
    private LiveArtifact() {}

    /**
     * The sealed bytes. The stream ends normally only if the source was whole to its end; closing it ends what was started.
     *
     * @param service {@code vault}, {@code postgres}, {@code forgejo} (its volume) or {@code s3} (its objects, as a tar of buckets)
     * @throws ControlDoor.NotThere if the agent has no such source
     */
    static InputStream open(Sources sources, String service, List<String> recipients, int workers, Instant now)
            throws IOException, InterruptedException {
        if (service.equals("s3") && sources.blobs().isPresent()) {
            var tar = new BucketsTar(sources.blobs().get(), sources.buckets(), now);
            return AgeSealer.seal(ParallelZstd.compress(tar, workers), recipients, workers);
        }
        Artifact artifact = switch (service) {
            case "vault" -> named(sources.first(), Names.VAULT);
            case "postgres" ->
                sources.database()
                        .orElseThrow(() -> missing(service))
                        .open(row -> {})
                        .artifact();
            case "forgejo" ->
                sources.volume().orElseThrow(() -> missing(service)).open();
            default -> throw missing(service);
        };
        try {
            return new FilterInputStream(AgeSealer.seal(artifact.content(), recipients, workers)) {
                @Override
                public void close() throws IOException {
                    try {
                        super.close();
                        artifact.close();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            };
        } catch (IOException | InterruptedException | RuntimeException e) {
            artifact.close();
            throw e;
        }
    }

    private static Artifact named(List<Sources.Opener> openers, String name) throws IOException, InterruptedException {
        for (Sources.Opener each : openers) {
            Artifact artifact = each.open();
            if (artifact.name().equals(name)) {
                return artifact;
            }
            artifact.close();
        }
        throw missing("vault");
    }

    private static ControlDoor.NotThere missing(String service) {
        return new ControlDoor.NotThere("the agent has no source for " + service
                + ": it is switched off in Pulumi.foundation.yaml, or no service that it backs up");
    }
}
