package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import dev.foundation.age.AgeIdentity;
import dev.foundation.stream.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ExtractCommandTest {
    private static final byte[] DUMP = "select 1;\n".repeat(20_000).getBytes(StandardCharsets.UTF_8);
    private static final String DUMP_OBJECT = "/object?id=20261121T030000Z&name=postgres.sql.gz.age";

    @TempDir
    Path folder;

    private CliRun cli;
    private FakeAgent agent;
    private Path target;
    private byte[] sealed;

    @BeforeEach
    void setUp() throws Exception {
        cli = new CliRun(folder).setUp();
        AgeIdentity identity = AgeIdentity.generate();
        cli.with("foundation:backupAgeIdentity: {secure: \"v1:x\"}");
        cli.environment.put("PULUMI_CONFIG_PASSPHRASE", "ten random words");
        Path pulumi = folder.resolve("pulumi");
        Files.writeString(pulumi, "#!/bin/sh\necho '" + identity.identity().expose() + "'\n");
        Files.setPosixFilePermissions(pulumi, PosixFilePermissions.fromString("rwx------"));
        cli.tools = new Preparation.Toolset(pulumi, Map.of());
        target = Files.createDirectory(folder.resolve("out")).resolve("dump.sql.gz");

        sealed = seal(identity, DUMP);
        byte[] archive = seal(identity, Zstd.compress(tar()));
        byte[] versions = "VAULT=1\n".getBytes(StandardCharsets.UTF_8);
        agent = new FakeAgent(cli)
                .answer("/points", 200, FakeAgent.points(false, FakeAgent.POINT))
                .answer(
                        "/point?id=20261121T030000Z",
                        200,
                        "{\"summary\":{},\"seal\":{\"objects\":[" + object("VERSIONS", versions) + ","
                                + object("forgejo-repos.tar.zst.age", archive) + ","
                                + object("postgres.sql.gz.age", sealed) + "]}}")
                .answer("/object?id=20261121T030000Z&name=VERSIONS", 200, versions)
                .answer("/object?id=20261121T030000Z&name=forgejo-repos.tar.zst.age", 200, archive)
                .answer(DUMP_OBJECT, 200, sealed);
    }

    private byte[] seal(AgeIdentity identity, byte[] plain) throws IOException, InterruptedException {
        Path in = Files.write(folder.resolve("plain"), plain);
        Path out = folder.resolve("sealed");
        Process age = new ProcessBuilder("age", "-r", identity.recipient(), "-o", out.toString(), in.toString())
                .inheritIO()
                .start();
        assertThat(age.waitFor()).isZero();
        return Files.readAllBytes(out);
    }

    private static String object(String name, byte[] content) {
        return "{\"name\":\"%s\",\"size\":%d,\"sha256\":\"%s\"}".formatted(name, content.length, Sha256.of(content));
    }

    private static byte[] tar() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            for (String name : new String[] {"./gitea/conf/app.ini", "./gitea/other"}) {
                var entry = new TarArchiveEntry(name);
                byte[] content = ("content of " + name).getBytes(StandardCharsets.UTF_8);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
            var link = new TarArchiveEntry("./link", TarArchiveEntry.LF_SYMLINK);
            link.setLinkName("gitea/other");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    @Test
    void anArtifactComesAsItWasBeforeItWasSealed() throws IOException {
        assertThat(cli.run("extract", "latest", "postgres.sql.gz", "-o", target.toString()))
                .as(cli.err())
                .isZero();
        assertThat(target).hasBinaryContent(DUMP);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-------");
        assertThat(cli.out()).contains("postgres.sql.gz of 20261121T030000Z is in " + target);

        assertThat(cli.run("extract", "latest", "postgres.sql.gz", "-o", target.toString()))
                .isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.err()).contains("is there already and was not touched");
    }

    @Test
    void whatLiesInClearNeedsNoKey() throws IOException {
        cli.tools = new Preparation.Toolset(Path.of("/nonexistent/pulumi"), Map.of());
        Path versions = target.resolveSibling("VERSIONS");

        assertThat(cli.run("extract", FakeAgent.POINT, "VERSIONS", "-o", versions.toString(), "--json"))
                .as(cli.err())
                .isZero();
        assertThat(versions).hasContent("VAULT=1");
        assertThat(new ObjectMapper().readTree(cli.out()).path("size").asInt()).isEqualTo(8);
    }

    @Test
    void itStreamsToStandardOutput() {
        assertThat(cli.run("extract", "latest", "postgres.sql.gz.age", "-o", "-"))
                .as(cli.err())
                .isZero();
        assertThat(cli.out()).isEqualTo(new String(DUMP, StandardCharsets.UTF_8));
        assertThat(cli.run("extract", "latest", "postgres.sql.gz", "-o", "-", "--json"))
                .isEqualTo(ExitCodes.WRONG_USAGE);
    }

    @Test
    void oneFileIsTakenOutOfAnArchive() {
        Path ini = target.resolveSibling("app.ini");
        assertThat(cli.run("extract", "latest", "forgejo-repos.tar.zst", "gitea/conf/app.ini", "-o", ini.toString()))
                .as(cli.err())
                .isZero();
        assertThat(ini).hasContent("content of ./gitea/conf/app.ini");

        assertThat(cli.run("extract", "latest", "forgejo-repos.tar.zst", "gitea/none", "-o", target.toString()))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("the archive has no gitea/none");
        assertThat(cli.run("extract", "latest", "forgejo-repos.tar.zst", "link", "-o", target.toString()))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("link is a link to gitea/other");
        assertThat(cli.run("extract", "latest", "postgres.sql.gz", "x", "-o", target.toString()))
                .isEqualTo(ExitCodes.WRONG_USAGE);
        assertThat(target).doesNotExist();
    }

    @Test
    void otherBytesThanThoseThatWereSealedLeaveNoFile() throws IOException {
        byte[] flipped = sealed.clone();
        flipped[sealed.length - 5000] ^= 1;
        agent.answer(DUMP_OBJECT, 200, flipped);
        fails("its sha256 is not the one in the seal");

        byte[] cut = Arrays.copyOf(sealed, sealed.length - 100);
        agent.answer(DUMP_OBJECT, 200, cut);
        fails("bytes, and the seal says " + sealed.length);

        // Sealed by somebody who knows the recipient: age opens it, the seal does not know it.
        byte[] other = Files.readAllBytes(agent.file(FakeAgent.name("/object?id=20261121T030000Z&name=VERSIONS")));
        agent.answer(DUMP_OBJECT, 200, other);
        fails("is not what was sealed");
    }

    @Test
    void aConnectionThatBreaksLeavesNoFile() throws IOException {
        agent.answer(DUMP_OBJECT, 200, Arrays.copyOf(sealed, 70_000)).then(DUMP_OBJECT, "exit 18");
        fails("broke off");

        assertThat(cli.run("extract", "latest", "postgres.sql.gz", "-o", "-")).isEqualTo(ExitCodes.FAILED);
    }

    @Test
    void anotherKeyOpensNothing() throws IOException {
        Files.writeString(
                folder.resolve("pulumi"),
                "#!/bin/sh\necho '" + AgeIdentity.generate().identity().expose() + "'\n");
        fails("postgres.sql.gz.age of 20261121T030000Z");
    }

    @Test
    void anUnknownArtifactIsAnsweredWithThoseThereAre() throws IOException {
        assertThat(cli.run("extract", "latest", "mysql.sql", "-o", target.toString()))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("it has: VERSIONS, forgejo-repos.tar.zst, postgres.sql.gz");
    }

    private void fails(String why) throws IOException {
        assertThat(cli.run("extract", "latest", "postgres.sql.gz", "-o", target.toString()))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains(why).doesNotContain("AGE-SECRET-KEY");
        try (var left = Files.list(target.getParent())) {
            assertThat(left).isEmpty();
        }
    }
}
