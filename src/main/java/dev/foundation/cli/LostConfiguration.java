package dev.foundation.cli;

import dev.foundation.bundle.BundleId;
import dev.foundation.recover.OffSite;
import dev.foundation.recover.PointsOwnConfiguration;
import dev.foundation.spec.ConfigSyntaxException;
import dev.foundation.spec.Configuration;
import dev.foundation.stream.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** K2: where {@code Pulumi.foundation.yaml} is lost with the repository, it comes out of a point that the recovery sheet's key proves. */
final class LostConfiguration {
    private final Workspace workspace;

    LostConfiguration(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Does nothing where the file is that of a foundation that was set up.
     *
     * @param from a folder, or {@code s3://}; null where the caller was given none
     * @param sealKey the seal's public key, as on the sheet; null where the caller was given none
     * @param asked this point; else the newest
     */
    void make(@Nullable String from, @Nullable String sealKey, Optional<BundleId> asked)
            throws IOException, InterruptedException, ConfigSyntaxException {
        if (there()) {
            return;
        }
        if (from == null || sealKey == null) {
            throw new IOException(
                    "Pulumi.foundation.yaml is not that of a foundation that was set up: take it from the"
                            + " last commit (git checkout). If the repository is lost with it, its copy in a point will do:"
                            + " ./foundation recover --from FOLDER --seal-key \"ssh-ed25519 AAAA...\" (from the recovery sheet)");
        }
        Path versions = workspace.repository().resolve("VERSIONS");
        Terminal terminal = workspace.terminal();
        try (OffSite place =
                from.startsWith("s3://") ? OffSite.url(from, workspace.environment()) : OffSite.folder(Path.of(from))) {
            PointsOwnConfiguration.Files files = new PointsOwnConfiguration(place.store(), sealKey).read(asked);
            if (!Files.exists(versions)) {
                Files.write(versions, files.versions());
            } else if (!Arrays.equals(Files.readAllBytes(versions), files.versions())) {
                terminal.err()
                        .println("VERSIONS of this clone differs from that of " + files.point() + " and is kept.");
            }
            WholeFile.write(workspace.stackFile(), files.configuration());
            terminal.err().println("Pulumi.foundation.yaml was taken from " + files.point() + ": commit it.");
        }
    }

    private boolean there() throws IOException, ConfigSyntaxException {
        return Files.exists(workspace.stackFile())
                && Configuration.ofStackFile(Files.readString(workspace.stackFile()))
                        .has("instanceId");
    }
}
