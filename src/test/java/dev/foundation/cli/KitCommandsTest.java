package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.bundle.SignedSeal;
import dev.foundation.seal.SealKey;
import dev.foundation.spec.Configuration;
import dev.foundation.store.local.LocalStore;
import dev.foundation.testing.PointFixture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From the printed sheet to the proof and to the opened point, over a store in a folder. */
@Timeout(180)
final class KitCommandsTest {
    private static final String PASSPHRASE = "wafer outing skinny jovial cobalt tidbit unrest molar gecko spleen";
    private static final Pattern LINE = Pattern.compile("(?m)^.{16}\\d+  (.+?)   \\[([a-z]{4})]$");

    @TempDir
    Path folder;

    private CliRun cli;
    private PointFixture points;
    private Path store;
    private SignedSeal point;

    @BeforeEach
    void takeAPoint() throws Exception {
        cli = new CliRun(folder);
        store = Files.createDirectory(folder.resolve("store"));
        points = new PointFixture(folder, List.of(new LocalStore("local", store)));
        cli.with("""
                foundation:instanceId: %s
                foundation:site: sealed
                foundation:s3: {engine: versitygw}
                foundation:forgejo: {product: gitea}
                foundation:sealPublicKey: %s
                foundation:backupAgeRecipient: %s
                """.formatted(
                        points.trust().instance(),
                        points.sealKey().publicLine(),
                        points.age().recipient()));
        SealedStack.write(
                cli,
                PASSPHRASE,
                Map.of("backupAgeIdentity", points.age().identity().expose()));
        cli.environment.put("PULUMI_CONFIG_PASSPHRASE", PASSPHRASE);
        Path pulumi = folder.resolve("pulumi");
        Files.writeString(pulumi, "#!/bin/sh\necho \"$*\" >>" + folder.resolve("set") + "\n");
        Files.setPosixFilePermissions(pulumi, PosixFilePermissions.fromString("rwx------"));
        cli.tools = new Preparation.Toolset(pulumi, Map.of());

        byte[] configuration = Files.readAllBytes(cli.file());
        points.spoil(each ->
                each.name().equals("Pulumi.foundation.yaml") ? PointFixture.withContent(each, configuration) : each);
        points.buckets().put("media", "a", "one");
        points.buckets().put("media", "a/../../../b\u0001", "two");
        points.buckets().put("media", "dir//", "three");
        point = points.take();
    }

    private List<String> printed() {
        assertThat(cli.run("kit", "export", "-o", "-")).as(cli.err()).isZero();
        List<String> lines = new ArrayList<>();
        LINE.matcher(cli.out()).results().forEach(each -> lines.add(each.group(1) + " " + each.group(2)));
        return lines;
    }

    @Test
    void whatIsTypedFromThePaperIsProvedAndWrittenDown() throws Exception {
        List<String> lines = printed();
        assertThat(cli.err()).contains("This page is a key to everything").doesNotContain("AGE-");
        assertThat(lines).hasSize(3 + 4);
        cli.environment.remove("PULUMI_CONFIG_PASSPHRASE"); // only the paper is left
        cli.typed = String.join("\n", lines) + "\n";

        assertThat(cli.run("kit", "verify", "--from", store.toString()))
                .as(cli.err())
                .isZero();
        assertThat(cli.err())
                .contains("proved: the passphrase opens Pulumi.foundation.yaml")
                .contains("is signed by our key (sequence 1, epoch 1)")
                .contains("the passphrase opens that point's own configuration")
                .contains("the identity opens its manifest, which is as sealed, and is the one in that configuration");
        String set = Files.readString(folder.resolve("set"));
        assertThat(set).contains("foundation:kit.verified -- ");
        String value = set.strip().replaceFirst(".* -- ", "");
        assertThat(value).matches("\\d{4}-\\d\\d-\\d\\d 1 [0-9a-f]{12}");

        cli.with("").with(""); // nothing changes by itself
        String file = Files.readString(cli.file());
        assertThat(Recoverability.missing(with(file, value), cli.repository, true, false, List.of()))
                .noneMatch(each -> each.contains("kit"));
        assertThat(Recoverability.missing(
                        with(file.replace(points.age().recipient(), "age1other"), value),
                        cli.repository,
                        true,
                        false,
                        List.of()))
                .anyMatch(each -> each.contains("is out of date"));
        assertThat(Recoverability.missing(with(file, "yes"), cli.repository, true, false, List.of()))
                .anyMatch(each -> each.contains("is not as `kit verify` writes it"));
    }

    private static Configuration with(String file, String verified) throws Exception {
        return Configuration.ofStackFile(
                file.replaceFirst("(?m)^config:", "config:\n  foundation:kit: {verified: \"" + verified + "\"}"));
    }

    @Test
    void aMistypedLineIsNamedAndNothingIsWritten() throws Exception {
        List<String> lines = printed();
        lines.set(4, lines.get(4).replace(lines.get(4).charAt(0), '?'));
        cli.typed = String.join("\n", lines) + "\n";

        assertThat(cli.run("kit", "verify", "--from", store.toString())).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("the identity, line 2: its check letters do not belong");
        cli.typed = lines.getFirst() + "\n";
        assertThat(cli.run("kit", "verify", "--from", store.toString())).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("the input ended where this was wanted: the passphrase, line 2");
        assertThat(folder.resolve("set")).doesNotExist();
    }

    @Test
    void atATerminalAMistypedLineIsAskedForAgain() throws Exception {
        List<String> lines = printed();
        lines.addFirst("something else");
        cli.typed = String.join("\n", lines) + "\n";
        cli.interactive = true;

        assertThat(cli.run("kit", "verify", "--from", store.toString()))
                .as(cli.err())
                .isZero();
        assertThat(cli.err()).contains("again: the passphrase, line 1");
    }

    @Test
    void aPaperDrillProvesWhatIsTypedBeforeAnythingIsMade() throws Exception {
        List<String> lines = printed();
        String id = point.seal().point().toString();
        cli.environment.remove("PULUMI_CONFIG_PASSPHRASE");
        Files.writeString(cli.file(), "config: {}\n"); // nothing of this clone's configuration is used
        cli.typed = points.sealKey().publicLine() + "\n" + String.join("\n", lines) + "\n";

        assertThat(cli.run("drill", "--paper", "--plan", "--from", store.toString()))
                .as(cli.err())
                .isZero();
        assertThat(cli.err())
                .contains("proved: the passphrase opens that point's own configuration")
                .contains("proved: the identity opens its manifest");
        assertThat(cli.out())
                .contains("would recover " + id)
                .contains("the sheet")
                .contains("Nothing was made.");

        String another = SealKey.generate(new SecureRandom()).publicLine();
        cli.typed = another + "\n" + String.join("\n", lines) + "\n";
        assertThat(cli.run("drill", "--paper", "--plan", "--from", store.toString()))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("is signed by this key");
        cli.typed = points.sealKey().publicLine() + "\n" + lines.getFirst() + "\n";
        assertThat(cli.run("drill", "--paper", "--plan", "--from", store.toString()))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("the input ended where this was wanted: the passphrase, line 2");
    }

    @Test
    void aDrillWantsWhatItRecoversFromToBeCommitted() throws Exception {
        assertThat(cli.run("drill", "--plan", "--from", store.toString())).isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.err()).contains("recovers from what is committed").contains("git add and commit it");
        git("init", "-q");
        git("add", "-A");
        git("-c", "user.name=T", "-c", "user.email=t@localhost", "commit", "-qm", "Set up");

        assertThat(cli.run("drill", "--plan", "--from", store.toString()))
                .as(cli.err())
                .isZero();
        assertThat(cli.out()).contains("would recover " + point.seal().point()).contains("the passphrase");
        Files.writeString(cli.file(), Files.readString(cli.file()) + "# changed\n");
        assertThat(cli.run("drill", "--plan", "--from", store.toString())).isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.err()).contains("changes that are not committed");
    }

    private void git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-C", cli.repository.toString()));
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @Test
    void theSheetGoesNowhereByItself() throws Exception {
        assertThat(cli.run("kit", "export")).isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.run(
                        "kit",
                        "export",
                        "-o",
                        cli.repository.resolve("kit.html").toString()))
                .isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.err()).contains("lies in the repository");

        Path file = folder.resolve("kit.html");
        assertThat(cli.run("kit", "export", "-o", file.toString(), "--dns", "registrar.example"))
                .as(cli.err())
                .isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file)
                .content()
                .contains("<svg")
                .contains("registrar.example")
                .contains("no off-site store");
        assertThat(folder.resolve("set")).content().contains("foundation:kit.dns -- registrar.example");
        assertThat(cli.out()).doesNotContain("AGE-", "wafer");
        assertThat(cli.run("kit", "export", "-o", file.toString())).isEqualTo(ExitCodes.REFUSED);
        Path both = Files.createDirectory(folder.resolve("both"));
        assertThat(cli.run("kit", "export", "-o", both.toString()))
                .as(cli.err())
                .isZero();
        try (Stream<Path> made = Files.list(both)) {
            assertThat(made).hasSize(2);
        }
    }

    @Test
    void aPointIsOpenedIntoANewFolder() throws Exception {
        Path into = folder.resolve("look");
        assertThat(cli.run("restore", "--into", into.toString(), "--from", store.toString()))
                .as(cli.err())
                .isZero();

        assertThat(into.resolve("postgres.sql")).content().contains("CREATE TABLE public.repository");
        assertThat(into.resolve("vault-raft.snap")).isNotEmptyFile();
        assertThat(into.resolve("pulumi-state.json")).isNotEmptyFile();
        assertThat(into.resolve("forgejo")).isNotEmptyDirectory();
        // `a` and `a/...` cannot both have their path: which one comes first has it.
        List<String> contents = new ArrayList<>();
        try (Stream<Path> all = Files.walk(into.resolve("buckets/media"))) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                contents.add(Files.readString(each));
            }
        }
        assertThat(contents).containsExactlyInAnyOrder("one", "two", "three");
        assertThat(into.resolve("buckets/media/dir/%empty/%empty")).hasContent("three");
        assertThat(into.resolve("buckets.jsonl")).content().contains("\"bucket\":\"media\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(into)))
                .isEqualTo("rwx------");

        assertThat(cli.run("restore", "--into", into.toString(), "--from", store.toString()))
                .isEqualTo(ExitCodes.REFUSED);
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(cli.run(
                        "restore",
                        "--into",
                        empty.toString(),
                        "--from",
                        store.toString(),
                        "--only",
                        "vault,state",
                        "--point",
                        point.seal().point().toString()))
                .as(cli.err())
                .isZero();
        try (Stream<Path> there = Files.list(empty)) {
            assertThat(there.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("vault-raft.snap", "pulumi-state.json");
        }
        assertThat(cli.run("restore", "--from", store.toString())).isEqualTo(ExitCodes.WRONG_USAGE);
    }

    @Test
    void ofADamagedPointNothingIsLeft() throws Exception {
        Path file = store.resolve(point.seal().point().toString()).resolve("vault-raft.snap.age");
        byte[] content = Files.readAllBytes(file);
        content[content.length - 1] ^= 1;
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.write(file, content);

        assertThat(cli.run("restore", "--into", folder.resolve("look").toString(), "--from", store.toString()))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("vault-raft.snap.age");
        try (Stream<Path> there = Files.list(folder)) {
            assertThat(there.map(each -> each.getFileName().toString())).noneMatch(each -> each.contains("look"));
        }
    }

    @Test
    void beforeApplyLeavesASealedFileWithItsChecksum() throws Exception {
        new FakeAgent(cli).answer("/live?service=postgres", 200, "age-encryption.org/v1 and so on");

        assertThat(cli.run("before-apply", "postgres")).as(cli.err()).isZero();
        Path kept = folder.resolve("state-of/foundation/before-apply");
        try (Stream<Path> made = Files.list(kept)) {
            assertThat(made)
                    .hasSize(2)
                    .allSatisfy(each -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                            .isEqualTo("rw-------"));
        }
        Process sum = new ProcessBuilder("sh", "-c", "sha256sum -c --quiet *.sha256")
                .directory(kept.toFile())
                .start();
        assertThat(sum.waitFor()).isZero();
        assertThat(cli.out()).contains("docker exec -i foundation-postgres").contains("ON_ERROR_STOP=1");
        assertThat(cli.run("before-apply", "runner")).isEqualTo(ExitCodes.WRONG_USAGE);
        assertThat(cli.run("before-apply", "vault")).isEqualTo(ExitCodes.FAILED); // this agent does not answer that
        try (Stream<Path> made = Files.list(kept)) {
            assertThat(made).hasSize(2);
        }
    }

    @Test
    void noKeyLeadsOutOfItsFolderAndNoTwoGiveOnePath() {
        List<String> keys = List.of(
                "a",
                "a/b",
                "../x",
                "a/../../x",
                "/etc/x",
                "//",
                "/",
                ".",
                "..",
                "...",
                "%2E%2E",
                "a\\b",
                "\u0000",
                "\n",
                "%empty",
                "x".repeat(300),
                "x".repeat(301),
                "\u00e4",
                "%flat-a",
                "a b",
                "a%20b");
        List<Path> paths = new ArrayList<>();
        Path root = Path.of("/root/of/it");
        for (String each : keys) {
            for (Path path : List.of(
                    KeyPath.of(root, each.getBytes(StandardCharsets.UTF_8)),
                    KeyPath.flat(root, each.getBytes(StandardCharsets.UTF_8)))) {
                assertThat(path.normalize()).isEqualTo(path).startsWithRaw(root).isNotEqualTo(root);
                paths.add(path);
            }
        }
        assertThat(paths).doesNotHaveDuplicates();
    }
}
