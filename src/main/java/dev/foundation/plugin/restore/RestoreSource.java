package dev.foundation.plugin.restore;

import dev.foundation.artifact.RestoreMark;
import dev.foundation.plugin.Problems;
import dev.foundation.plugin.Secret;
import dev.foundation.restore.StagedPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The staged point that a step restores from.
 *
 * @param instanceId of the foundation whose point it is
 * @param sealPublicKeys whose seals are believed: {@code ssh-ed25519 AAAA...}
 * @param point such as {@code 20261121T030000Z}
 * @param stage the folder on this machine that holds the point as a store, absolute
 * @param identity {@code AGE-SECRET-KEY-1...}, one line for each generation (K1)
 */
public record RestoreSource(
        String instanceId,
        List<String> sealPublicKeys,
        String point,
        String stage,
        @Secret String identity) {
    private static final Pattern POINT = Pattern.compile("\\d{8}T\\d{6}Z");

    public RestoreSource {
        sealPublicKeys = List.copyOf(sealPublicKeys);
    }

    /** Whether it is the same point of the same foundation, wherever it lies. */
    boolean samePoint(RestoreSource other) {
        return instanceId.equals(other.instanceId) && point.equals(other.point);
    }

    Problems check() {
        return new Problems()
                .filled("source.instanceId", instanceId)
                .unless(
                        !sealPublicKeys.isEmpty(),
                        "source.sealPublicKeys",
                        "name at least one: no seal would be believed")
                .matching("source.point", point, POINT, "a point's name, such as 20261121T030000Z")
                .unless(stage.startsWith("/"), "source.stage", "must be an absolute path")
                .filled("source.identity", identity);
    }

    RestoreMark mark() {
        return new RestoreMark(instanceId, point);
    }

    /** Proves the point's seal, and opens its manifest. */
    StagedPoint open() throws IOException, InterruptedException {
        return StagedPoint.open(
                Path.of(stage), point, sealPublicKeys, instanceId, dev.foundation.secret.Secret.of(identity));
    }

    @Override
    public String toString() {
        return "point " + point + " of " + instanceId;
    }
}
