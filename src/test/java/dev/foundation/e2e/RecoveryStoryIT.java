package dev.foundation.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.e2e.TestMachine.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * The worst day (R3): a foundation is used, backs itself up to an off-site S3 server, and its machine is lost with everything on it. A second
 * machine has the repository and the passphrase, and nothing else. One recovery serves all chapters; each relies on those before it.
 */
@Tag("e2e")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class RecoveryStoryIT {
    /** What the recovery prints when it is in the middle of a step. */
    private static final List<String> KILLED_AT = List.of(
            "recover: prove the identity",
            "foundation-vault-restore creating (",
            "foundation-postgres-restore creating (",
            "foundation-forgejo-repair creating (",
            "recover: name the stack");

    private static OffSiteServer offSite;
    private static TestMachine first;
    private static TestMachine second;
    private static TestMachine third;
    private static TestMachine.@Nullable Background reached;
    private static Path repository;
    private static String passphrase = "";
    private static @Nullable Foundation used;
    private static @Nullable Foundation recovered;
    private static @Nullable Foundation lost;
    private static @Nullable Belongings before;
    private static @Nullable LfsProject project;
    private static List<String> stored = List.of();

    @BeforeAll
    static void anOffSiteAndAMachine() throws Exception {
        offSite = OffSiteServer.make(Files.createTempDirectory(Path.of("/var/tmp"), "off-site-"));
        repository = Files.createTempDirectory(Path.of("/var/tmp"), "repository-");
        first = new TestMachine("frec" + ProcessHandle.current().pid() % 10000);
    }

    @AfterAll
    static void takeEverythingAway() throws Exception {
        if (reached != null) {
            reached.close();
        }
        for (TestMachine each : new TestMachine[] {first, second, third}) {
            if (each != null) {
                each.close();
            }
        }
        if (offSite != null) {
            offSite.close();
        }
        new ProcessBuilder("rm", "-rf", repository.toString()).start().waitFor();
    }

    @Test
    @Order(10)
    void aFoundationIsUsedAndBacksItselfUpToAnOffSiteServer() throws Exception {
        reached = offSite.at(first);
        Foundation foundation = new Foundation(first);
        Path file = foundation.clone.resolve("Pulumi.foundation.yaml");
        Files.writeString(file, Files.readString(file).replaceFirst("(?m)^config:$", """
                config:
                  foundation:backup:
                    offsite:
                      endpoint: %s
                      bucket: %s
                """.formatted(
                OffSiteServer.ENDPOINT, OffSiteServer.BUCKET).stripTrailing()));
        System.out.println("S3 engine of this story: " + Foundation.engine());
        assertThat(foundation.run("up").mustSucceed().output()).containsIgnoringCase(Foundation.engine());
        giveCredentials(foundation);
        foundation.run("up", "--yes").mustSucceed();
        foundation.waitUntilHealthy(Duration.ofMinutes(1));

        project = LfsProject.push(foundation);
        foundation
                .vaultAnswer(
                        foundation.rootToken(),
                        "POST",
                        "foundation/data/team/wiki-credentials",
                        "{\"data\":{\"password\":\"kept\"}}")
                .mustSucceed();
        foundation
                .machine
                .run(
                        "docker",
                        "exec",
                        "foundation-postgres",
                        "psql",
                        "-XU",
                        "postgres",
                        "-c",
                        "create role wiki login password 'scram'",
                        "-c",
                        "create database wiki owner wiki")
                .mustSucceed();
        first.run("docker", "exec", "foundation-postgres", "psql", "-XU", "postgres", "-d", "wiki", "-c", """
                        create table page(id int primary key, text text);
                        insert into page select n, repeat('word ', 20) || n from generate_series(1, 5000) n""")
                .mustSucceed();
        Backups backups = new Backups(foundation);
        backups.takeOne();
        JsonNode points = backups.points().at("/points");
        JsonNode newest = backups.newest();
        assertThat(newest.path("complete").asBoolean()).as(points.toString()).isTrue();
        assertThat(newest.path("at").toString()).contains("local", "off-site");
        before = Belongings.of(foundation);
        used = foundation;
        keepRepositoryAndPassphrase(foundation);
    }

    @Test
    @Order(12)
    void onePartComesBackOverWhatRunsAndIsTakenBack() throws Exception {
        InPlace inPlace = new InPlace(usedFoundation());
        LfsProject used = java.util.Objects.requireNonNull(project);
        inPlace.aDatabase();
        inPlace.aRepository(used);
        inPlace.aBucket(used);
        inPlace.vault();
        before = Belongings.of(usedFoundation());
        new Backups(usedFoundation()).takeOne();
    }

    @Test
    @Order(15)
    void theRestoreIsProvedBesideTheRunningFoundation() throws Exception {
        Foundation foundation = usedFoundation();
        String before =
                first.run("docker", "ps", "-a", "--format", "{{.Names}}").output();
        Result proof = foundation.run("verify", "--restore", "--keep", "--json");
        System.out.println(proof.output());
        assertThat(proof.exit()).as(proof.output()).isZero();
        assertThat(proof.output()).contains("\"verdict\": \"green\"");
        assertThat(first.run("docker", "ps", "--format", "{{.Names}}").output()).contains("foundation-proof-postgres");
        assertThat(dials("foundation-proof-postgres", address("foundation-proof-vault", "foundation-proof-net")))
                .as("its own Vault")
                .isZero();
        assertThat(dials("foundation-proof-postgres", address("foundation-vault", "foundation-net")))
                .as("the real Vault")
                .isNotZero();

        Result again = foundation.run("verify", "--restore");
        assertThat(again.exit()).as(again.output()).isZero();
        assertThat(first.run("docker", "ps", "-a", "--format", "{{.Names}}").output())
                .as("what the first left, and what the second made, was taken away")
                .isEqualTo(before);
        assertThat(first.run("docker", "volume", "ls", "-q").output()).doesNotContain("-proof-");
        assertThat(foundation.run("points").output()).contains("verified by restore");
    }

    private static String address(String container, String network) throws IOException, InterruptedException {
        return first.run(
                        "docker",
                        "inspect",
                        "-f",
                        "{{(index .NetworkSettings.Networks \"" + network + "\").IPAddress}}",
                        container)
                .mustSucceed()
                .output()
                .strip();
    }

    private static int dials(String from, String address) throws IOException, InterruptedException {
        return first.run("docker", "exec", from, "timeout", "5", "bash", "-c", "exec 3<>/dev/tcp/" + address + "/8200")
                .exit();
    }

    @Test
    @Order(16)
    void aDrillRecoversItInAFreshMachineWhileABackupRunsAndNeitherHurtsTheOther() throws Exception {
        Foundation foundation = usedFoundation();
        Backups backups = new Backups(foundation);
        long sequence = backups.newest().path("sequence").asLong();
        var backup = java.util.concurrent.CompletableFuture.runAsync(() -> {
            try {
                Thread.sleep(20_000); // into the drill's restore
                backups.takeOne();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Result drill = foundation.run("drill");
        System.out.println(drill.output());
        backup.get(5, TimeUnit.MINUTES);
        assertThat(drill.exit()).as(drill.output()).isZero();
        assertThat(drill.output()).contains("GREEN", "bring it up and restore", "copy from off-site");
        JsonNode newest = backups.newest();
        assertThat(newest.path("sequence").asLong()).isEqualTo(sequence + 1);
        assertThat(newest.path("complete").asBoolean()).as(newest.toString()).isTrue();
        assertThat(newest.path("epoch").asInt()).as("a drill claims nothing").isEqualTo(1);
        assertThat(Belongings.of(foundation)).isEqualTo(before);
        assertThat(first.run("ls", "/run/netns").output()).doesNotContain("foundation-drill");
        assertThat(first.run("pgrep", "-f", "/run/foundation-drill/docker.pid").exit())
                .as("its engine is gone")
                .isEqualTo(1);
        assertThat(first.run("ls", "/run/foundation-drill").exit()).isNotZero();
    }

    private static Foundation usedFoundation() {
        Assumptions.assumeTrue(before != null, "there is nothing to look at");
        return java.util.Objects.requireNonNull(used);
    }

    private static void giveCredentials(Foundation foundation) throws IOException, InterruptedException {
        foundation
                .shell("set -e; for k in Writer Reader; do"
                        + " printf '%s' \"acme-$(echo $k | tr A-Z a-z)\" | pulumi config set --secret --stack foundation foundation:offsite${k}AccessKey;"
                        + " printf '%s' \"" + OffSiteServer.SECRET
                        + "\" | pulumi config set --secret --stack foundation foundation:offsite${k}SecretKey; done")
                .mustSucceed();
    }

    /** What a company has outside the machine: its repository, with the configuration committed, and the passphrase. */
    private static void keepRepositoryAndPassphrase(Foundation foundation) throws IOException, InterruptedException {
        first.run("git", "-C", foundation.clone.toString(), "commit", "-qam", "Set up")
                .mustSucceed();
        first.run("git", "clone", "-q", "--bare", foundation.clone.toString(), repository + "/foundation.git")
                .mustSucceed();
        passphrase = Files.readString(first.home().resolve(".config/foundation/foundation.passphrase"));
    }

    @Test
    @Order(20)
    void theMachineIsLostAndAnotherOneRecoversItFromRepositoryAndPassphraseThoughKilledAtEachStep() throws Exception {
        Assumptions.assumeTrue(before != null, "there is nothing to recover");
        if (reached != null) {
            reached.close();
        }
        first.close();
        first = null;
        stored = offSite.files();

        second = new TestMachine("fnew" + ProcessHandle.current().pid() % 10000);
        reached = offSite.at(second);
        Foundation fresh = new Foundation(second, repository.resolve("foundation.git"));
        givePassphrase(second);

        Result plan = fresh.run("recover", "--plan");
        assertThat(plan.exit()).as(plan.output()).isZero();
        assertThat(plan.output()).contains("Vault", "Postgres", "Forgejo", "acme-off-site");
        assertThat(second.run("docker", "ps", "-aq").output()).isBlank();

        Result refused = fresh.run("recover");
        assertThat(refused.exit())
                .as("no confirmation was given: " + refused.output())
                .isEqualTo(4);
        assertThat(second.run("docker", "ps", "-aq").output()).isBlank();

        int killed = 0;
        for (String moment : KILLED_AT) {
            String printed = second.runUntil(
                    fresh.clone, moment, Foundation.UP, "./foundation", "recover", "--confirm", "foundation");
            if (++killed == 3) {
                theOffSiteIsAwayForAWhile(fresh);
            }
            System.out.println(
                    "killed at: " + moment + ", after " + printed.lines().count() + " lines");
        }
        assertThat(killed).isEqualTo(5);
        Result recovery = fresh.run("recover");
        System.out.println(recovery.output());
        assertThat(recovery.exit())
                .as("gone on with, which needs no second confirmation: " + recovery.output())
                .isZero();
        recovered = fresh;
    }

    private static void theOffSiteIsAwayForAWhile(Foundation fresh) throws IOException, InterruptedException {
        java.util.Objects.requireNonNull(reached).close();
        Result without = fresh.run("recover");
        System.out.println(without.output());
        assertThat(without.exit())
                .as("without the off-site: " + without.output())
                .isEqualTo(3);
        assertThat(without.output()).contains(OffSiteServer.ENDPOINT);
        reached = offSite.at(second);
    }

    @Test
    @Order(30)
    void everythingIsThereAsItWas() throws Exception {
        Belongings after = Belongings.of(foundation());
        Belongings was = java.util.Objects.requireNonNull(before);
        assertThat(after.secrets()).isEqualTo(was.secrets());
        assertThat(after.rows()).isEqualTo(was.rows());
        assertThat(after.roles()).isEqualTo(was.roles());
        assertThat(after.refs()).isEqualTo(was.refs());
        assertThat(after.objects()).isEqualTo(was.objects());
        assertThat(after.applicationKeys()).isEqualTo(was.applicationKeys());
        assertThat(second.run(
                                "docker",
                                "exec",
                                "foundation-postgres",
                                "psql",
                                "-XAtU",
                                "postgres",
                                "-d",
                                "wiki",
                                "-c",
                                "select count(*), max(text) from page")
                        .output())
                .startsWith("5000|word");
    }

    @Test
    @Order(31)
    void itsUsersWorkOnAsBefore() throws Exception {
        Foundation foundation = foundation();
        LfsProject moved = java.util.Objects.requireNonNull(project).at(foundation);
        moved.mustBeWhole();
        moved.aPushMustFireItsHook();
        S3Rights.forgejosUserReachesItsBucketsAndNothingElse(foundation);
    }

    @Test
    @Order(32)
    void aSecondUpChangesNothingAndTheStackIsItselfAgain() throws Exception {
        Result up = foundation().run("up").mustSucceed();
        assertThat(up.output()).containsPattern("(?m)^\\s+\\d+ unchanged$");
        assertThat(up.output()).doesNotContainPattern("(?m)^\\s+.*\\d+ (created|updated|deleted|replaced)");
        assertThat(foundation().pulumi("stack ls --json").output())
                .contains("\"foundation\"")
                .doesNotContain("\"dr\"");
    }

    @Test
    @Order(33)
    void noOldTokenOpensVaultAndEveryServiceHasAnIdOfItsOwnAgain() throws Exception {
        foundation().run("status").mustSucceed();
        assertThat(second.run("docker", "inspect", "-f", "{{.State.Health.Status}}", "foundation-backup")
                        .output()
                        .strip())
                .isEqualTo("healthy");
    }

    @Test
    @Order(40)
    void itClaimsTheOffSiteWithANewEpochAndTakesPointsAgain() throws Exception {
        Backups backups = new Backups(foundation());
        backups.takeOne();
        JsonNode newest = backups.newest();
        assertThat(newest.path("epoch").asInt()).isEqualTo(2);
        assertThat(offSite.files())
                .as("nothing that lay off-site was lost or changed")
                .containsAll(stored);
    }

    /** K1. The passphrase last, without a backup after it: Pulumi's state in the newest point stays under the old one. */
    @Test
    @Order(45)
    void keysAndPassphraseAreRotatedAndThePointsOfBeforeStillOpen() throws Exception {
        Foundation foundation = foundation();
        foundation.run("keys", "rotate", "identity").mustSucceed();
        foundation.run("keys", "rotate", "seal").mustSucceed();
        foundation.run("up", "--yes").mustSucceed();
        foundation.waitUntilHealthy(Duration.ofMinutes(1));
        Backups backups = new Backups(foundation);
        backups.takeOne();
        JsonNode seal = foundation
                .json(foundation.run("show", backups.newest().path("point").asText(), "--json"))
                .path("seal");
        assertThat(seal.at("/keyGenerations/sealSigningKey").asInt()).isEqualTo(2);
        assertThat(seal.at("/keyGenerations/backupAgeIdentity").asInt()).isEqualTo(2);

        foundation.run("keys", "rotate", "passphrase").mustSucceed();
        Result up = foundation.run("up", "--yes").mustSucceed();
        assertThat(up.output()).containsPattern("(?m)^\\s+\\d+ unchanged$");
        String was = passphrase;
        passphrase = Files.readString(second.home().resolve(".config/foundation/foundation.passphrase"));
        assertThat(passphrase).isNotEqualTo(was);
        // A run that was cut short by a kill has left a folder without a seal, which is a warning of its own.
        String all = foundation.run("verify", "--all").output();
        assertThat(all).containsPattern("[1-9]\\d* points whole").doesNotContain("ERROR");
    }

    @Test
    @Order(50)
    void aRecoveredFoundationIsLostAndRecoveredAgainWithWhatWasRotated() throws Exception {
        Foundation once = foundation();
        Belongings was = Belongings.of(once);
        second.run("git", "-C", once.clone.toString(), "commit", "-qam", "Recovered")
                .mustSucceed();
        second.run("git", "-C", once.clone.toString(), "push", "-q", "origin", "HEAD")
                .mustSucceed();
        if (reached != null) {
            reached.close();
        }
        second.stopEngine();
        lost = once;
        recovered = null;
        stored = offSite.files();

        third = new TestMachine("fyet" + ProcessHandle.current().pid() % 10000);
        reached = offSite.at(third);
        Foundation twice = new Foundation(third, repository.resolve("foundation.git"));
        givePassphrase(third);
        long start = System.nanoTime();
        Result recovery = twice.run("recover", "--confirm", "foundation").mustSucceed();
        assertThat(recovery.output()).contains("was under an earlier passphrase");
        System.out.println("the second recovery took "
                + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s");
        assertThat(Belongings.of(twice)).isEqualTo(was);
        java.util.Objects.requireNonNull(project).at(twice).mustBeWhole();
        assertThat(new Backups(twice).newest().path("epoch").asInt()).isEqualTo(3);
        assertThat(offSite.files())
                .as("nothing that lay off-site was lost or changed")
                .containsAll(stored);
        recovered = twice;
    }

    /** */
    @Test
    @Order(60)
    void theOldHostComesBackAndMayNotWriteOffSiteAnyMore() throws Exception {
        Assumptions.assumeTrue(lost != null && recovered != null, "nothing was lost twice");
        Foundation back = java.util.Objects.requireNonNull(lost);
        stored = offSite.files();
        second.startEngine();
        try (TestMachine.Background _ = offSite.at(second)) {
            back.waitUntilHealthy(Duration.ofMinutes(3));
            Result backup = back.run("backup");
            System.out.println(backup.output());
            assertThat(backup.exit()).as(backup.output()).isEqualTo(1);
            assertThat(backup.output().replaceAll("\\s+", " ")).contains("was recovered elsewhere. Stop this one");
        }
        // What is new in a point's folder is of a point that the recovered foundation took meanwhile.
        List<String> known = new Backups(foundation())
                .points()
                .at("/points")
                .valueStream()
                .map(each -> "/" + each.path("point").asText() + "/")
                .toList();
        List<String> files = offSite.files();
        assertThat(files).containsAll(stored);
        assertThat(files.stream()
                        .filter(file -> !stored.contains(file) && file.contains("/" + OffSiteServer.BUCKET + "/2"))
                        .filter(file -> known.stream().noneMatch(file::contains)))
                .isEmpty();
    }

    private static void givePassphrase(TestMachine machine) throws IOException, InterruptedException {
        Path file = machine.home().resolve(".config/foundation/foundation.passphrase");
        Files.createDirectories(file.getParent());
        Files.writeString(file, passphrase);
        machine.run("chmod", "600", file.toString()).mustSucceed();
    }

    private static Foundation foundation() {
        Assumptions.assumeTrue(recovered != null, "nothing was recovered");
        return java.util.Objects.requireNonNull(recovered);
    }
}
