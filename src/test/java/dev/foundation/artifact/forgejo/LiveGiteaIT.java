package dev.foundation.artifact.forgejo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.artifact.Gzip;
import dev.foundation.artifact.postgres.ClientPrograms;
import dev.foundation.artifact.postgres.ForgejoRow;
import dev.foundation.artifact.postgres.ForgejoRows;
import dev.foundation.artifact.postgres.PostgresDump;
import dev.foundation.artifact.postgres.PostgresScript;
import dev.foundation.testing.GiteaServer;
import dev.foundation.testing.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The schema and the volume as the real server makes them. */
@Timeout(300)
final class LiveGiteaIT {
    @TempDir
    Path folder;

    @Test
    void itsRowsAndItsVolumeAreReadWhileItRuns() throws Exception {
        Assumptions.assumeTrue(PostgresServer.available() && GiteaServer.available());
        PostgresServer.openTo(folder);
        try (var postgres = PostgresServer.start(Files.createDirectories(folder.resolve("postgres")));
                var gitea = GiteaServer.start(Files.createDirectories(folder.resolve("gitea")), postgres)) {
            assertThat(gitea.url()).isNotNull();
            var root = postgres.root();
            try (var connection = DriverManager.getConnection(
                            "jdbc:postgresql://127.0.0.1:" + root.port() + "/gitea", root.user(), root.password());
                    var statement = connection.createStatement()) {
                statement.execute(
                        "insert into lfs_meta_object(oid, size, repository_id) values (repeat('a', 64), 3, 1)");
                statement.execute(
                        "insert into package_blob(size, hash_md5, hash_sha1, hash_sha256, hash_sha512, created_unix)"
                                + " values (4, 'm', 's', repeat('b', 64), 't', 0)");
                statement.execute("insert into action_artifact(storage_path, file_compressed_size, status)"
                        + " values ('1/2/3.chunk', 5, 2), ('4/5/6.chunk', 6, 1)");
            }
            var rows = new ArrayList<ForgejoRow>();
            try (var dump = new PostgresDump(
                    root,
                    ClientPrograms.in(Path.of("/usr/lib/postgresql/15/bin")),
                    Gzip::new,
                    new ForgejoRows("gitea", rows::add))) {
                var script = PostgresScript.read(new GZIPInputStream(dump.content()));
                // The compressor's own end is not yet the source's: read on to be told.
                assertThat(dump.content().read()).isNegative();
                assertThat(script.differences(dump.facts())).isEmpty();
            }
            assertThat(rows)
                    .containsExactlyInAnyOrder(
                            new ForgejoRow.LfsObject("a".repeat(64), 3),
                            new ForgejoRow.PackageBlob("b".repeat(64), 4),
                            new ForgejoRow.ActionArtifact("1/2/3.chunk", 5));
            try (var volume = new ForgejoVolume(gitea.home(), gitea.config(), Exclusion.FORGEJO, in -> in)) {
                VolumeIndex.read(volume.content());
                assertThat(volume.facts().path("appIni").asBoolean()).isTrue();
                assertThat(volume.facts().path("warnings")).isEmpty();
            }
            assertThat(GitCheck.run(gitea.home()).findings()).isEqualTo(List.of());
        }
    }
}
