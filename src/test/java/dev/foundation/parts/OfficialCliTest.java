package dev.foundation.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.event.PartEvent;
import dev.foundation.spec.Versions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class OfficialCliTest {
    @TempDir
    private Path folder;

    private Fakes fakes;
    private StandInServer server;
    private String archive;

    @BeforeEach
    void setUp() throws Exception {
        fakes = new Fakes(folder);
        server = new StandInServer();
        archive = "pulumi-v9.9.9-linux-" + (System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64")
                + ".tar.gz";
    }

    @AfterEach
    void tearDown() {
        server.close();
    }

    private OfficialCli cli() {
        return new OfficialCli(
                fakes.locations, Versions.parse("pulumi=9.9.9"), server.uri("/releases/"), Map.of(), fakes.events::add);
    }

    private byte[] tarball() throws Exception {
        Path content = Files.createDirectories(folder.resolve("content/pulumi"));
        for (String name : new String[] {"pulumi", "pulumi-language-java"}) {
            Files.writeString(content.resolve(name), "#!/bin/sh\necho v9.9.9\n");
            content.resolve(name).toFile().setExecutable(true);
        }
        Path file = folder.resolve("made.tar.gz");
        assertThat(Command.of("tar", "-C", folder.resolve("content").toString(), "-czf", file.toString(), "pulumi")
                        .run()
                        .ok())
                .isTrue();
        return Files.readAllBytes(file);
    }

    private void serve(byte[] bytes, String sha256) {
        server.answer("/releases/v9.9.9/" + archive, 200, bytes);
        server.answer(
                "/releases/v9.9.9/pulumi-9.9.9-checksums.txt",
                200,
                ("00ff  other.tar.gz\n" + sha256 + "  " + archive + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theArchiveIsFetchedOnceCheckedAndUnpacked() throws Exception {
        byte[] bytes = tarball();
        serve(
                bytes,
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        Path cli = cli().prepare();
        assertThat(cli.resolve("pulumi")).isExecutable();
        assertThat(cli.resolve("pulumi-language-java")).isExecutable();
        assertThat(cli().prepare()).isEqualTo(cli);
        assertThat(server.requests).hasSize(2);
        assertThat(fakes.events(PartEvent.Finished.class)).hasSize(1);
        assertThat(fakes.locations.cache().resolve("unfinished")).isEmptyDirectory();
    }

    @Test
    void anArchiveWithAnotherChecksumIsThrownAway() throws Exception {
        serve(tarball(), "0".repeat(64));
        assertThatThrownBy(() -> cli().prepare()).hasMessageContainingAll("its checksum file says 0000", "thrown away");
        assertThat(cli().folder()).doesNotExist();
        assertThat(fakes.locations.cache().resolve("unfinished")).isEmptyDirectory();
    }

    @Test
    void aVersionThatDoesNotExistSaysWhereToLook() {
        assertThatThrownBy(() -> cli().prepare())
                .hasMessageContainingAll("answered 404", "VERSIONS", "FOUNDATION_SITE=sealed");
    }
}
