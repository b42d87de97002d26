package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foundation.bundle.BundleId;
import dev.foundation.event.RunEvent;
import dev.foundation.event.RunEvent.Verdict;
import dev.foundation.event.RunEventLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class BackupCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private CliRun cli;
    private FakeAgent agent;

    @BeforeEach
    void setUp() throws IOException {
        cli = new CliRun(folder).setUp();
        agent = new FakeAgent(cli).answer("/points", 200, FakeAgent.points(false, FakeAgent.POINT));
    }

    @ParameterizedTest
    @CsvSource({"COMPLETE,0,0,0", "INCOMPLETE,1,3,1", "SUSPICIOUS,3,3,3", "FAILED,1,1,1", "REFUSED,4,4,4"})
    void eachVerdictHasItsExitCode(Verdict verdict, int backup, int verify, int others) throws IOException {
        var ended = FakeAgent.ended(verdict, "something was odd");
        agent.run("/run/backup", ended)
                .run("/run/verify?point=latest&sample=100", ended)
                .run("/run/replicate", ended)
                .run("/run/prune", ended)
                .answer("/prune", 200, plan());

        assertThat(cli.run("backup")).as(cli.err()).isEqualTo(backup);
        assertThat(cli.out()).contains("  - something was odd");
        assertThat(cli.run("verify")).as(cli.err()).isEqualTo(verify);
        assertThat(cli.run("replicate")).as(cli.err()).isEqualTo(others);
        assertThat(cli.run("prune", "--apply", "--confirm", "foundation"))
                .as(cli.err())
                .isEqualTo(others);
        assertThat(agent.reached()).contains("foundation-backup", "foundation-backup-pruner");
    }

    @Test
    void aBackupTellsWhatWasSealedAndThatAFolderIsNoSecondFailureDomain() throws IOException {
        agent.run(
                "/run/backup",
                new RunEvent.Began("postgres.sql.gz"),
                new RunEvent.Advanced("postgres.sql.gz", 10, 0, 10),
                new RunEvent.Finished("postgres.sql.gz", 1_000_000, 2000),
                new RunEvent.Warned("the clock of s3 is 40 s behind"),
                FakeAgent.ended(Verdict.COMPLETE));

        assertThat(cli.run("backup")).as(cli.err()).isZero();
        assertThat(cli.err().lines())
                .containsExactly(
                        "backup: postgres.sql.gz",
                        "  postgres.sql.gz: 1.0 MB in 2 s, 500 kB/s",
                        "  warning: the clock of s3 is 40 s behind");
        assertThat(cli.out().lines())
                .containsExactly(
                        "Complete: 20261121T030000Z is sealed, sequence 42, at local and folder.",
                        "  123 MB of artifacts; 3 new blobs, 99 B",
                        "No second failure domain: every place is on this host, and a folder is none.",
                        "Whatever takes the host takes the points. Configure foundation:backup.offsite.");
        assertThat(cli.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void asJsonEveryEventIsALineAndTheLastIsTheEnd() throws IOException {
        agent.run(
                "/run/backup",
                new RunEvent.Began("vault-raft.snap"),
                new RunEvent.Noted("x"),
                FakeAgent.ended(Verdict.INCOMPLETE, "off-site is down"));

        assertThat(cli.run("backup", "--json")).isEqualTo(ExitCodes.FAILED);
        var lines = cli.out().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(RunEventLine.parse(lines.getLast()))
                .isEqualTo(FakeAgent.ended(Verdict.INCOMPLETE, "off-site is down"));
        assertThat(cli.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit 0", "exit 18", "kill -9 $$"})
    void aStreamWithoutItsLastEventIsAFailure(String end) throws IOException {
        agent.run("/run/backup", new RunEvent.Began("x")).then("/run/backup", end);

        assertThat(cli.run("backup")).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("broke off").contains("no point");
    }

    @Test
    void aRunBesideAnotherIsRefused() throws IOException {
        agent.answer("/run/backup", 409, "a prune has been running since 03:00\n");

        assertThat(cli.run("backup")).isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.err()).contains("a prune has been running since 03:00");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Error response from daemon: No such container: foundation-backup|./foundation up",
                "Error response from daemon: container abc is not running|./foundation status",
                "Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?|systemctl start docker",
                "permission denied while trying to connect to the Docker daemon socket|join the group docker",
                "OCI runtime exec failed: sh is gone|cannot be asked"
            })
    void whyTheAgentCannotBeReachedIsSaidWithWhatToDo(String docker, String advice) throws IOException {
        cli.docker("exit 1", docker);

        for (String command : List.of("backup", "points", "replicate", "show latest", "hold latest")) {
            assertThat(cli.run(command.split(" "))).isEqualTo(ExitCodes.FAILED);
            assertThat(cli.err()).contains(advice);
        }
        assertThat(cli.run("verify")).isEqualTo(ExitCodes.NOT_VERIFIED);
    }

    @Test
    void anAgentThatDoesNotListenYetIsSaid() throws IOException {
        assertThat(cli.run("backup")).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("does not listen yet").contains("docker logs foundation-backup");
    }

    @Test
    void pointsAreATableOf80ColumnsAndJson() throws IOException {
        assertThat(cli.run("points")).as(cli.err()).isZero();
        assertThat(cli.out().lines())
                .allMatch(line -> line.length() <= 80)
                .first()
                .asString()
                .startsWith("ALARM: the seal of 20261119T030000Z");
        assertThat(cli.out()).contains("local, folder").contains("No second failure domain");
        assertThat(cli.run("points", "--last", "1")).isZero();
        assertThat(cli.out()).contains("1 older point not shown").doesNotContain("20261120T030000Z");

        assertThat(cli.run("points", "--json")).isZero();
        assertThat(JSON.readTree(cli.out())).isEqualTo(JSON.readTree(FakeAgent.points(false, FakeAgent.POINT)));
    }

    @Test
    void aPointIsShownWholeAndAMissingOneIsSaid() throws IOException {
        agent.answer("/point?id=20261121T030000Z", 200, """
                {"summary":%s,
                 "seal":{"format":1,"instance":"7d3c","epoch":1,"sequence":42,"previous":"","recipients":["age1xyz"],
                         "keyGenerations":{"vaultUnsealKeys":2},"services":{"forgejo":{"product":"gitea","version":"1.26.0"}},
                         "objects":[{"name":"postgres.sql.gz.age","size":1234,"sha256":"%s"}],
                         "blobs":{"count":10,"size":2000,"newCount":3,"newSize":99}}}
                """.formatted(
                        JSON.readTree(FakeAgent.points(false, FakeAgent.POINT)).at("/points/1"), "ab".repeat(32)))
                .answer("/point?id=20200101T000000Z", 404, "there is no point 20200101T000000Z at any place\n");

        assertThat(cli.run("show", "latest")).as(cli.err()).isZero();
        assertThat(cli.out())
                .contains("Point 20261121T030000Z")
                .contains("at          local and folder")
                .contains("forgejo     gitea 1.26.0")
                .contains("blobs       10, 2.0 kB; new 3, 99 B")
                .contains("  postgres.sql.gz.age   1.2 kB  sha256 abababababab…");
        assertThat(cli.run("show", "latest", "--json")).isZero();
        assertThat(JSON.readTree(cli.out()).at("/seal/objects/0/size").asInt()).isEqualTo(1234);
        assertThat(cli.run("show", "20200101T000000Z")).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("there is no point 20200101T000000Z at any place");
        assertThat(cli.run("show", "yesterday")).isEqualTo(ExitCodes.WRONG_USAGE);
        assertThat(cli.err()).contains("is no recovery point: points are named YYYYMMDDTHHMMSSZ");
        assertThat(cli.run("show")).isEqualTo(ExitCodes.WRONG_USAGE);
    }

    @Test
    void verifyPassesOnWhatWasAskedAndSaysThatContentsStayedClosed() throws IOException {
        agent.run("/run/verify?point=all&sample=5", FakeAgent.ended(Verdict.COMPLETE))
                .run("/run/verify?point=20261121T030000Z&sample=0.5", FakeAgent.ended(Verdict.COMPLETE));

        assertThat(cli.run("verify", "--all", "--sample", "5%")).as(cli.err()).isZero();
        assertThat(cli.err()).contains("contents were not opened: ");
        assertThat(cli.run("verify", "--point", FakeAgent.POINT, "--sample", "0.5", "--json"))
                .isZero();
        assertThat(cli.out().lines()).hasSize(2).last().asString().contains("\"ended\"");
        assertThat(cli.run("verify", "--sample", "101%")).isEqualTo(ExitCodes.WRONG_USAGE);
        assertThat(cli.run("verify", "--all", "--latest")).isEqualTo(ExitCodes.WRONG_USAGE);
    }

    @Test
    void whatTheContentsSayCounts() throws IOException {
        agent.run("/run/verify?point=latest&sample=100", FakeAgent.ended(Verdict.COMPLETE));

        int exit = new Cli(cli.workspace(), List.of(), point -> List.of("postgres.sql.gz ends before its last line"))
                .run("verify");
        assertThat(exit).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.out()).contains("20261121T030000Z: postgres.sql.gz ends before its last line");
        exit = new Cli(cli.workspace(), List.of(), point -> {
                    throw new IOException("the passphrase is wrong");
                })
                .run("verify");
        assertThat(exit).isEqualTo(ExitCodes.NOT_VERIFIED);
    }

    private static String plan() {
        return """
                {"warnings":["20261120T030000Z is suspicious: nothing after 20261119T030000Z is removed until a person has looked at it"],
                 "decisions":[{"point":"20261101T030000Z","keep":false,"reasons":["no rule keeps it"]},
                              {"point":"20261121T030000Z","keep":true,"reasons":["daily 2026-11-21","weekly 2026-W47","monthly 2026-11","the newest verified point"]}],
                 "blobs":{"kept":10,"marked":2,"removable":1,"removableSize":1234}}
                """;
    }

    @Test
    void thePlanTellsTheReasonOfEachAndTouchesNothing() throws IOException {
        agent.answer("/prune", 200, plan());

        assertThat(cli.run("prune")).as(cli.err()).isZero();
        assertThat(cli.out())
                .contains("  remove  20261101T030000Z  no rule keeps it")
                .contains("  keep    20261121T030000Z  daily 2026-11-21; weekly 2026-W47; monthly")
                .contains("1 point kept, 1 removed.")
                .contains("Nothing was touched");
        assertThat(cli.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(cli.run("prune", "--plan", "--json")).isZero();
        assertThat(JSON.readTree(cli.out())).isEqualTo(JSON.readTree(plan()));
        assertThat(agent.asked()).containsOnly("/prune");
        assertThat(agent.reached()).containsOnly("foundation-backup-pruner");
        assertThat(cli.run("prune", "--plan", "--apply")).isEqualTo(ExitCodes.WRONG_USAGE);
    }

    @Test
    void applyingThePlanWantsTheNameAndSaysHowManyPointsGo() throws IOException {
        agent.answer("/prune", 200, plan()).run("/run/prune", FakeAgent.ended(Verdict.COMPLETE));

        assertThat(cli.run("prune", "--apply")).isEqualTo(ExitCodes.REFUSED);
        assertThat(cli.err())
                .contains("foundation \"foundation\"")
                .contains("on host " + Workspace.host())
                .contains("Removes 1 recovery point of 2")
                .contains("20261101T030000Z")
                .contains("Pass --confirm foundation");
        assertThat(agent.asked()).containsOnly("/prune");
        assertThat(cli.run("prune", "--apply", "--confirm", "foundation")).isZero();
        assertThat(agent.asked()).contains("/run/prune");
    }

    @Test
    void aRepairIsAskedForWithItsPointAndSaysWhatIsStillDamaged() throws IOException {
        agent.run("/run/replicate?repair=true", FakeAgent.ended(Verdict.COMPLETE))
                .run(
                        "/run/replicate?repair=true&point=20261121T030000Z",
                        FakeAgent.ended(Verdict.INCOMPLETE, "x is lost"));

        assertThat(cli.run("replicate", "--repair")).as(cli.err()).isZero();
        assertThat(cli.out()).isEqualTo("Complete: everything that was read is whole, at every place.\n");
        assertThat(cli.run("replicate", "--repair", "--point", "latest")).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.out()).isEqualTo("Incomplete: not everything is whole:\n  - x is lost\n");
        assertThat(cli.run("replicate", "--point", "latest")).isEqualTo(ExitCodes.WRONG_USAGE);
    }

    @Test
    void pointsAreHeldAndReleased() throws IOException {
        agent.answer("/hold?id=20261121T030000Z", 200, "20261121T030000Z is held\n")
                .answer("/release?id=20261120T030000Z", 404, "there is no point 20261120T030000Z\n");

        assertThat(cli.run("hold", "latest")).as(cli.err()).isZero();
        assertThat(cli.out()).isEqualTo("20261121T030000Z is held\n");
        assertThat(cli.run("hold", "20261121T030000Z", "--json")).isZero();
        assertThat(JSON.readTree(cli.out()).path("held").asBoolean()).isTrue();
        assertThat(cli.run("release", "20261120T030000Z")).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("there is no point 20261120T030000Z");
    }

    @Test
    void anAnswerOfAnotherVersionIsSaid() throws IOException {
        agent.answer("/points", 200, "{\"points\":[{}]}");

        assertThat(cli.run("points")).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("is it of another version?");
    }

    @Test
    void backupsThatAreOffOrDownAreSaidWithoutAskingAnyone() throws IOException {
        cli.with("foundation:running: false");
        assertThat(cli.run("backup")).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("the foundation is down");
        assertThat(agent.asked()).isEmpty();
    }

    @Test
    void anInterruptEndsTheRunInTheContainer() throws Exception {
        agent.run("/run/backup", new RunEvent.Began("x"))
                .then("/run/backup", "echo $$ >" + agent.file("pid") + "; exec sleep 300");

        ended(() -> cli.run("backup"), true);
    }

    @Test
    void curlEndsWithTheEndOfItsKeepersInput() throws Exception {
        agent.run("/run/backup").then("/run/backup", "echo $$ >" + agent.file("pid") + "; exec sleep 300");
        var keeper = new ProcessBuilder("sh", "-c", AgentCall.KEEPER, "sh", "http://127.0.0.1:9108/run/backup");
        keeper.environment().putAll(cli.environment);
        Process process = keeper.start();

        ended(
                () -> {
                    while (!Files.exists(agent.file("pid"))) {
                        Thread.sleep(20);
                    }
                    process.getOutputStream().close();
                    return process.waitFor();
                },
                false);
        assertThat(process.exitValue()).isEqualTo(143);
    }

    private void ended(Callable<?> action, boolean interrupt) throws Exception {
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                action.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        while (!Files.exists(agent.file("pid")) || Files.size(agent.file("pid")) == 0) {
            Thread.sleep(20);
        }
        long pid = Long.parseLong(Files.readString(agent.file("pid")).strip());
        if (interrupt) {
            Thread.sleep(300); // it waits for events by then
            thread.interrupt();
        }
        assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
        for (int i = 0; i < 100 && alive(pid); i++) {
            Thread.sleep(50);
        }
        assertThat(alive(pid)).isFalse();
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private static final String RUNNING =
            "[{\"Name\":\"/foundation-backup\",\"State\":{\"Status\":\"running\",\"Running\":true}}]";

    @Test
    void statusTellsOfThePointsAndWhetherOneLiesOffSite() throws IOException {
        String now = new BundleId(Clock.systemUTC().instant().minus(Duration.ofHours(3))).toString();
        agent.containers(RUNNING).answer("/points", 200, FakeAgent.points(true, now));

        cli.run("status");
        assertThat(cli.out())
                .contains("Backups: newest point " + now + ", 3 hours ago, at local and off-site, verified ")
                .contains("Last run: ")
                .contains("Places: local http://s3:9000/foundation-backups; off-site https://s3.example.org/points")
                .contains("NOT RECOVERABLE")
                .doesNotContain("off-site could not")
                .doesNotContain("lies off-site");
        cli.run("status", "--json");
        assertThat(JSON.readTree(cli.out()).at("/backup/newest/point").asText()).isEqualTo(now);

        agent.answer("/points", 200, FakeAgent.points(false, now));
        cli.run("status");
        assertThat(cli.out()).contains("no copy lies off-site: foundation:backup.offsite is not configured");
        agent.answer("/points", 200, FakeAgent.points(true, "20200101T000000Z"));
        cli.run("status");
        assertThat(cli.out()).contains("no complete point of the last 48 hours lies off-site");
    }

    @Test
    void statusIsNotHeldUpByAnAgentThatDoesNotAnswer() throws IOException {
        agent.containers(RUNNING).then("/points", "sleep 300");
        Files.writeString(agent.file("_points"), "");

        long start = System.nanoTime();
        assertThat(cli.run("status")).isEqualTo(ExitCodes.FAILED);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(cli.out())
                .contains("Backups: unknown, the agent in foundation-backup did not answer in time")
                .contains("whether a copy lies off-site could not be asked");
    }
}
