package dev.foundation.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.e2e.TestMachine.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * The story of one foundation, told with real parts on a machine of the test's own (S1): stood up, used, restarted, taken down, brought back,
 * destroyed. One {@code up} from nothing serves all chapters; each relies on those before it.
 */
@Tag("e2e")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class FoundationStoryIT {
    private static final Pattern UNCHANGED = Pattern.compile("(?m)^\\s+(\\d+) unchanged$");
    private static final Pattern CHANGED =
            Pattern.compile("(?m)^\\s+.*\\d+ (created|updated|deleted|replaced|changes)");

    private static TestMachine machine;
    private static Foundation foundation;
    private static String firstUp = "";
    private static @Nullable LfsProject project;

    @BeforeAll
    static void aMachineAndAClone() throws Exception {
        machine = new TestMachine("fstory" + ProcessHandle.current().pid() % 10000);
        foundation = new Foundation(machine);
    }

    @AfterAll
    static void takeTheMachineAway() throws Exception {
        if (machine != null) {
            machine.close();
        }
    }

    /** What follows a failed {@code up} would only fail for the same reason. */
    @BeforeEach
    void onlyWhereThereIsAFoundation(TestInfo test) {
        boolean first = test.getTags().contains("first");
        Assumptions.assumeTrue(first || !firstUp.isEmpty(), "no foundation came up");
    }

    @Test
    @Tag("first")
    @Order(10)
    void aTakenPortIsNamedBeforeAnythingIsTouched() throws Exception {
        try (var taken = machine.background("python3", "-m", "http.server", "--bind", "127.0.0.1", "3000")) {
            machine.waitForPort(3000);
            Result result = foundation.run("up");
            assertThat(result.exit()).isEqualTo(1);
            assertThat(result.output()).contains("3000").contains("forgejo.port");
            assertThat(machine.run("docker", "ps", "-aq").output()).isBlank();
        }
    }

    @Test
    @Tag("first")
    @Order(20)
    void oneCommandStandsItUp() throws Exception {
        System.out.println("S3 engine of this story: " + Foundation.engine());
        long start = System.nanoTime();
        Result result = foundation.run("up").mustSucceed();
        System.out.println("up from nothing took "
                + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s");
        firstUp = result.output();
        assertThat(result.output()).contains("http://127.0.0.1:3000/").contains("NOT RECOVERABLE");
        assertThat(result.output()).containsIgnoringCase(Foundation.engine());
        foundation.waitUntilHealthy(Duration.ofMinutes(1));
    }

    @Test
    @Order(21)
    void theKeysAreInTheConfigurationEncryptedRightAfter() throws Exception {
        String file = Files.readString(foundation.clone.resolve("Pulumi.foundation.yaml"));
        for (String key : List.of("backupAgeIdentity", "vaultUnsealKeys", "sealSigningKey", "blobNameKey")) {
            assertThat(file).containsPattern("foundation:" + key + ":\\s+secure: v1:");
        }
        assertThat(file).containsPattern("foundation:backupAgeRecipient: age1").contains("sealPublicKey: ssh-ed25519 ");
        Path passphrase = machine.home().resolve(".config/foundation/foundation.passphrase");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(passphrase)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(passphrase).strip().split("[ -]")).hasSizeGreaterThanOrEqualTo(10);
        assertThat(firstUp).doesNotContain(Files.readString(passphrase).strip());
    }

    @Test
    @Order(30)
    void aSecondUpChangesNothing() throws Exception {
        assertNothingChanged(foundation.run("up").mustSucceed());
    }

    @Test
    @Order(31)
    void plainPulumiSeesNoChangeEitherEvenAfterARefresh() throws Exception {
        foundation.pulumi("preview --stack foundation --expect-no-changes").mustSucceed();
        foundation.pulumi("refresh --stack foundation --yes --skip-preview").mustSucceed();
        foundation
                .pulumi("preview --stack foundation --diff --expect-no-changes")
                .mustSucceed();
    }

    @Test
    @Order(40)
    void noSecretIsInClearAnywhere() throws Exception {
        Map<String, String> secrets = new LinkedHashMap<>();
        for (String path : List.of(
                "postgres/admin-credentials",
                "s3/admin-credentials",
                "forgejo/database-credentials",
                "forgejo/s3-credentials",
                "forgejo/application-credentials",
                "forgejo/admin-credentials",
                "backup/backup-credentials",
                "backup/prune-credentials",
                "backup/verify-credentials")) {
            foundation.credential(path).forEach((key, value) -> {
                if (key.matches("(?i).*(password|secret|token|signing|namekey|identity).*")) {
                    secrets.put(path + " " + key, value);
                }
            });
        }
        secrets.put("root token", foundation.rootToken());
        new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(foundation.output("vaultUnsealKeys"))
                .forEach(key -> secrets.put("unseal key", key.asText()));
        assertThat(secrets).hasSizeGreaterThan(10);

        Map<String, String> places = new LinkedHashMap<>();
        places.put("state on disk", foundation.stateOnDisk());
        places.put(
                "stack export",
                foundation.pulumi("stack export --stack foundation").output());
        places.put("what up printed", firstUp);
        places.put(
                "docker inspect",
                machine.run("sh", "-c", "docker inspect $(docker ps -aq)").output());
        places.put(
                "container logs",
                machine.run("sh", "-c", "for c in $(docker ps -aq); do docker logs $c; done 2>&1")
                        .output());
        places.put(
                "process arguments",
                machine.run("sh", "-c", "cat /proc/*/cmdline | tr '\\0' ' '").output());
        places.put(
                "git",
                machine.run("git", "-C", foundation.clone.toString(), "diff").output());
        places.forEach((place, text) -> {
            assertThat(text).as(place).isNotBlank();
            secrets.forEach((name, secret) -> assertThat(text.contains(secret))
                    .as(name + " in clear in " + place)
                    .isFalse());
        });
    }

    @Test
    @Order(41)
    void eachVaultRoleReadsItsOwnPathsAndNoOther() throws Exception {
        String root = foundation.rootToken();
        Map<String, Set<String>> expected = Map.of(
                "postgres", Set.of("postgres/admin-credentials"),
                "s3", Set.of("s3/admin-credentials"),
                "forgejo",
                        Set.of(
                                "forgejo/database-credentials",
                                "forgejo/s3-credentials",
                                "forgejo/application-credentials"),
                "backup", Set.of("backup/backup-credentials"),
                "prune", Set.of("backup/prune-credentials"),
                "verify", Set.of("backup/verify-credentials"));
        Set<String> paths = new TreeSet<>();
        for (JsonNode service :
                foundation.vault("LIST", "foundation/metadata", "").at("/data/keys")) {
            for (JsonNode name : foundation
                    .vault("LIST", "foundation/metadata/" + service.asText(), "")
                    .at("/data/keys")) {
                paths.add(service.asText() + name.asText());
            }
        }
        assertThat(paths).hasSizeGreaterThanOrEqualTo(8);
        Set<String> roles = new HashSet<>();
        foundation.vault("LIST", "auth/approle/role", "").at("/data/keys").forEach(each -> roles.add(each.asText()));
        assertThat(roles).hasSize(expected.size());
        for (Map.Entry<String, Set<String>> role : expected.entrySet()) {
            String path = "auth/approle/role/foundation-" + role.getKey();
            String roleId = foundation
                    .vault("GET", path + "/role-id", "")
                    .at("/data/role_id")
                    .asText();
            String secretId = foundation
                    .vault("POST", path + "/secret-id", "{}")
                    .at("/data/secret_id")
                    .asText();
            JsonNode login = foundation.vault(
                    "POST",
                    "auth/approle/login",
                    "{\"role_id\":\"" + roleId + "\",\"secret_id\":\"" + secretId + "\"}");
            String token = login.at("/auth/client_token").asText();
            assertThat(token).as(role.getKey()).isNotBlank();
            Set<String> readable = new HashSet<>();
            for (String each : paths) {
                if (foundation.vaultStatus(token, "foundation/data/" + each) == 200) {
                    readable.add(each);
                }
            }
            assertThat(readable).as("role " + role.getKey()).isEqualTo(role.getValue());
            for (String forbidden : List.of(
                    "sys/policies/acl/foundation-backup",
                    "sys/auth",
                    "auth/token/lookup-self",
                    "foundation/metadata/s3/admin-credentials")) {
                assertThat(foundation.vaultStatus(token, forbidden))
                        .as(role.getKey() + " " + forbidden)
                        .isEqualTo(403);
            }
            assertThat(foundation
                            .vaultAnswer(
                                    token,
                                    "POST",
                                    "foundation/data/"
                                            + role.getValue().iterator().next(),
                                    "{\"data\":{}}")
                            .output())
                    .contains("permission denied");
        }
        assertThat(foundation.vaultStatus(root, "foundation/data/postgres/admin-credentials"))
                .isEqualTo(200);
    }

    @Test
    @Order(42)
    void forgejosS3UserReachesItsBucketsAndNothingElse() throws Exception {
        S3Rights.forgejosUserReachesItsBucketsAndNothingElse(foundation);
    }

    @Test
    @Order(50)
    void thisProjectIsInItsOwnForge() throws Exception {
        Map<String, String> admin = foundation.credential("forgejo/admin-credentials");
        Result commits = machine.run(
                "curl",
                "-sS",
                "-u",
                admin.get("username") + ":" + admin.get("password"),
                "http://127.0.0.1:3000/api/v1/repos/foundation/foundation/commits?limit=1");
        String head = machine.run("git", "-C", foundation.clone.toString(), "rev-parse", "HEAD")
                .output()
                .strip();
        assertThat(commits.output()).contains(head);
    }

    @Test
    @Order(51)
    void aPushedRepositoryWithAnLfsObjectComesBackAndItsObjectLiesInTheBucket() throws Exception {
        project = LfsProject.push(foundation);
        project.mustBeWhole();
        project.objectMustBeInTheBucket();
    }

    @Test
    @Order(52)
    void itBacksItselfUpOnScheduleAndOnDemandToTwoPlaces() throws Exception {
        Backups backups = new Backups(foundation);
        backups.aFirstPointComesByItself();
        backups.onlyNewObjectsTravel();
    }

    @Test
    @Order(53)
    void theStandardToolsOpenAPointWithoutThisProgram() throws Exception {
        new Backups(foundation).theStandardToolsOpenIt(project().head());
    }

    @Test
    @Order(54)
    void aFlippedByteInAPointIsNamed() throws Exception {
        new Backups(foundation).aFlippedByteIsNamed();
    }

    @Test
    @Order(55)
    void retentionIsToldAndArtifactsAreExtracted() throws Exception {
        Backups backups = new Backups(foundation);
        backups.whatRetentionWouldDoIsToldWithReasons();
        backups.anArtifactIsExtractedOpened();
        backups.theMetricsAndRefreshTellOfIt();
    }

    @Test
    @Order(56)
    void whoHoldsTheAgentsCredentialsCannotDestroyHistory() throws Exception {
        new Backups(foundation).theAgentCannotDestroyHistory();
    }

    @Test
    @Order(60)
    void aKilledContainerComesBack() throws Exception {
        for (String service :
                List.of("forgejo", "postgres", "s3", "vault-unsealer", "vault", "backup", "backup-pruner")) {
            String name = "foundation-" + service;
            String before = machine.run("docker", "inspect", "-f", "{{.State.StartedAt}}", name)
                    .output();
            String pid = machine.run("docker", "inspect", "-f", "{{.State.Pid}}", name)
                    .output()
                    .strip();
            machine.run("kill", "-9", pid).mustSucceed();
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (machine.run("docker", "inspect", "-f", "{{.State.StartedAt}}", name)
                    .output()
                    .equals(before)) {
                assertThat(System.nanoTime()).as(name + " is not started again").isLessThan(deadline);
                Thread.sleep(500);
            }
        }
        foundation.waitUntilHealthy(Duration.ofMinutes(2));
        project().mustBeWhole();
    }

    @Test
    @Order(61)
    void afterARestartOfDockerVaultUnsealsItself() throws Exception {
        machine.stopEngine();
        Result without = foundation.run("up");
        assertThat(without.exit()).isEqualTo(1);
        assertThat(without.output()).containsIgnoringCase("docker").doesNotContain("Exception");
        machine.startEngine();
        foundation.waitUntilHealthy(Duration.ofMinutes(2));
        assertThat(foundation.vault("GET", "sys/seal-status", "").at("/sealed").asBoolean(true))
                .isFalse();
        project().mustBeWhole();
        assertNothingChanged(foundation.run("up").mustSucceed());
    }

    @Test
    @Order(70)
    void aWrongPassphraseIsSaidAndTouchesNothing() throws Exception {
        String before = Files.readString(foundation.clone.resolve("Pulumi.foundation.yaml"));
        Result result = foundation.run(Map.of("PULUMI_CONFIG_PASSPHRASE", "entirely wrong words of mine to see"), "up");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.output()).containsIgnoringCase("passphrase").doesNotContain("Exception");
        assertThat(Files.readString(foundation.clone.resolve("Pulumi.foundation.yaml")))
                .isEqualTo(before);
    }

    @Test
    @Order(71)
    void aBadConfigurationIsRefusedWithAllItsProblemsAtOnce() throws Exception {
        Path file = foundation.clone.resolve("Pulumi.foundation.yaml");
        String before = Files.readString(file);
        try {
            Files.writeString(
                    file,
                    before.replaceFirst(
                            "(?m)^config:$",
                            "config:\n  foundation:postgres:\n    port: 99999\n    memory: lots\n    imgae: postgres:latest"));
            Result result = foundation.run("up");
            assertThat(result.exit()).isEqualTo(2);
            assertThat(result.output()).contains("postgres.port", "99999", "postgres.memory", "lots", "imgae");
            assertThat(foundation.pulumi("preview --stack foundation").output())
                    .contains("postgres.port", "postgres.memory");
        } finally {
            Files.writeString(file, before);
        }
    }

    @Test
    @Order(80)
    void downWantsTheNameAndKeepsAllData() throws Exception {
        Result refused = foundation.run("down");
        assertThat(refused.exit()).isEqualTo(4);
        assertThat(refused.output()).contains("--confirm foundation");
        assertThat(foundation.run("down", "--confirm", "elsewhere").exit()).isEqualTo(4);

        foundation.run("down", "--confirm", "foundation").mustSucceed();
        assertThat(machine.run("docker", "ps", "-aq").output()).isBlank();
        assertThat(machine.run("docker", "volume", "ls", "-q").output())
                .contains(
                        "foundation-vault-data",
                        "foundation-postgres-data",
                        "foundation-s3-data",
                        "foundation-forgejo-data");
        assertThat(foundation
                        .json(foundation.run("status", "--json"))
                        .at("/running")
                        .asBoolean(true))
                .isFalse();
        foundation.pulumi("preview --stack foundation --expect-no-changes").mustSucceed();
    }

    @Test
    @Order(81)
    void upBringsEverythingBackWithItsData() throws Exception {
        foundation.run("up").mustSucceed();
        foundation.waitUntilHealthy(Duration.ofMinutes(2));
        project().mustBeWhole();
        assertNothingChanged(foundation.run("up").mustSucceed());
    }

    @Test
    @Order(90)
    void aPlainDestroyRefusesAndTheGuardedOneLeavesNothing() throws Exception {
        Result plain = foundation.pulumi("destroy --stack foundation --yes --skip-preview");
        assertThat(plain.exit()).isNotZero();
        assertThat(plain.output()).contains("protect");
        foundation.run("up").mustSucceed();
        project().mustBeWhole();

        Result refused = foundation.run("destroy");
        assertThat(refused.exit()).isEqualTo(4);
        assertThat(refused.output()).contains("foundation-postgres-data");
        foundation.run("destroy", "--confirm", "foundation").mustSucceed();
        assertThat(machine.run("docker", "ps", "-aq").output()).isBlank();
        assertThat(machine.run("docker", "volume", "ls", "-q").output()).isBlank();
        assertThat(machine.run("docker", "network", "ls", "--format", "{{.Name}}")
                        .output())
                .doesNotContain("foundation");
    }

    private static LfsProject project() {
        return Objects.requireNonNull(project, "nothing was pushed");
    }

    private static void assertNothingChanged(Result up) {
        assertThat(up.output()).containsPattern(UNCHANGED).doesNotContainPattern(CHANGED);
    }
}
