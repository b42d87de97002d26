package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.age.AgeIdentity;
import dev.foundation.age.AgeSealer;
import dev.foundation.artifact.postgres.ClientPrograms;
import dev.foundation.artifact.postgres.PostgresDump;
import dev.foundation.cli.BeforeApplyCommand.Service;
import dev.foundation.stream.ParallelGzip;
import dev.foundation.testing.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command that {@code before-apply postgres} prints, over a server that is in use. */
@Timeout(240)
final class BeforeApplyRestoreIT {
    @TempDir
    Path folder;

    private static String run(Map<String, String> environment, String input, String... command) throws Exception {
        var builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void theDatabaseIsAgainAsItWas() throws Exception {
        PostgresServer.openTo(folder);
        AgeIdentity identity = AgeIdentity.generate();
        try (PostgresServer server = PostgresServer.start(Files.createDirectories(folder.resolve("postgres")))) {
            Map<String, String> access = Map.of(
                    "PGHOST", server.root().host(),
                    "PGPORT", String.valueOf(server.root().port()),
                    "PGPASSWORD", server.root().password(),
                    "POSTGRES_USER", server.root().user(),
                    "PGUSER", server.root().user());
            run(
                    access,
                    "create role forgejo login; create database \"for gejo\" owner forgejo;",
                    "psql",
                    "-qAt",
                    "-d",
                    "postgres");
            run(access, """
                    create table t(a text); insert into t values ('CREATE DATABASE postgres WITH'), ('CREATE ROLE x;'), ('\\connect y');
                    """, "psql", "-qAt", "-d", "for gejo");
            Path file = folder.resolve("it's.sql.gz.age");
            try (var dump = new PostgresDump(
                            server.root(),
                            ClientPrograms.in(Path.of("/usr/lib/postgresql/15/bin")),
                            script -> ParallelGzip.compress(script, 2));
                    var sealed = AgeSealer.seal(dump.content(), List.of(identity.recipient()), 2)) {
                Files.copy(sealed, file);
            }
            run(access, "drop table t; create table risky(a int);", "psql", "-qAt", "-d", "for gejo");

            Path docker = Files.createDirectory(folder.resolve("bin")).resolve("docker");
            Files.writeString(docker, "#!/bin/sh\nshift 3\nexec \"$@\"\n");
            Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
            var environment = new java.util.HashMap<>(access);
            environment.put(
                    "IDENTITY",
                    Files.writeString(
                                    folder.resolve("identity"),
                                    identity.identity().expose() + "\n")
                            .toString());
            environment.put("PATH", docker.getParent() + ":" + System.getenv("PATH"));
            String command = BeforeApplyRestore.command(
                    Service.postgres,
                    new CliRun(Files.createDirectory(folder.resolve("cli")))
                            .setUp()
                            .workspace()
                            .draft()
                            .provisional(),
                    file);
            String _ = run(environment, command + "\n", "bash", "-es");

            assertThat(run(
                            access,
                            "select count(*), to_regclass('risky') is null from t",
                            "psql",
                            "-qAt",
                            "-d",
                            "for gejo"))
                    .isEqualTo("3|t\n");
        }
    }
}
