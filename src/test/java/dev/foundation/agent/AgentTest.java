package dev.foundation.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import dev.foundation.event.RunEvent;
import dev.foundation.event.RunEvent.Verdict;
import dev.foundation.schedule.Job;
import dev.foundation.spec.BackupPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The long-running process: when it runs a job, what it refuses, whom it tells (S6, S9, R4.3). */
@Timeout(60)
final class AgentTest {
    @TempDir
    private Path folder;

    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private HttpServer receiver;
    private AgentPlaces places;

    @BeforeEach
    void aPlanAndAReceiver() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            String title = exchange.getRequestHeaders().getFirst("Title");
            received.add(exchange.getRequestURI() + " " + title + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort();
        places = new AgentPlaces(
                Files.createDirectory(folder.resolve("job")),
                Files.createDirectory(folder.resolve("secrets")),
                Files.createDirectory(folder.resolve("state")),
                Files.createDirectory(folder.resolve("locks")),
                folder);
        Files.writeString(places.secrets().resolve("ntfyUrl"), url + "/topic\n");
        Files.writeString(places.secrets().resolve("heartbeatBackup"), url + "/push?token=x\n");
        plan("0 3 * * *");
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    private void plan(String schedule) throws IOException {
        BackupPlan plan = new BackupPlan(
                "unit",
                "6a2f41a3-c54c-4ce8-9f2b-9d1f6c1ee0aa",
                1,
                List.of("age1"),
                List.of("ssh-ed25519 AAAA"),
                1,
                schedule,
                "",
                "",
                "UTC",
                0,
                new BackupPlan.Retention(7, 4, 6, 1),
                List.of(),
                Map.of(),
                List.of(),
                Map.of());
        Files.write(places.job().resolve(BackupPlan.FILE), new JsonMapper().writeValueAsBytes(plan));
    }

    private Agent agent(Agent.Work work) throws IOException {
        InstantSource clock = InstantSource.system();
        EventLog log = new EventLog(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), places.state(), clock);
        return new Agent(
                places, clock, log, AgentState.load(places.state(), clock.instant()), Map.of(Job.BACKUP, work), 0);
    }

    private static RunEvent.Ended ended(Verdict verdict, String... problems) {
        return new RunEvent.Ended(
                "2026-11-21T03:00:00Z",
                verdict,
                verdict == Verdict.FAILED ? "" : "20261121T030000Z",
                verdict == Verdict.FAILED ? 0 : 7,
                List.of(problems));
    }

    @Test
    void aJobThatNeverRanRunsAtOnceAndAGoodRunPingsTheMonitorWithItsSequence() throws Exception {
        CountDownLatch ran = new CountDownLatch(1);
        try (Agent agent = agent((plan, parameters, events) -> {
            ran.countDown();
            return ended(Verdict.COMPLETE);
        })) {
            Thread serving = Thread.ofPlatform().start(() -> {
                try {
                    agent.serve();
                } catch (InterruptedException e) {
                    // As asked.
                }
            });
            assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
            waitFor(1);
            serving.interrupt();
            serving.join(Duration.ofSeconds(10));
        }
        assertThat(received).singleElement().asString().contains("/push?token=x", "status=up", "sequence%207");
    }

    @Test
    void aFailedRunIsToldAtOnceWithItsReasonAndDoesNotPing() throws Exception {
        try (Agent agent = agent((plan, parameters, events) -> ended(Verdict.FAILED, "the dump died half-way"))) {
            agent.command(Job.BACKUP, Map.of(), event -> {});
        }
        waitFor(1);
        assertThat(received)
                .anySatisfy(each -> assertThat(each).contains("/topic", "failed", "the dump died half-way"));
        assertThat(received).noneSatisfy(each -> assertThat(each).contains("status=up"));
    }

    @Test
    void aDefectOfOursIsAFailureAndNotTheEndOfTheAgent() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        try (Agent agent = agent((plan, parameters, events) -> {
            if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("a defect");
            }
            return ended(Verdict.COMPLETE);
        })) {
            assertThat(agent.command(Job.BACKUP, Map.of(), event -> {}).verdict())
                    .isEqualTo(Verdict.FAILED);
            assertThat(agent.command(Job.BACKUP, Map.of(), event -> {}).verdict())
                    .isEqualTo(Verdict.COMPLETE);
        }
    }

    @Test
    void whileOneRunsAnotherIsRefusedAndNamed() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Agent agent = agent((plan, parameters, events) -> {
            inside.countDown();
            goOn.await();
            return ended(Verdict.COMPLETE);
        })) {
            Thread first = Thread.ofPlatform().start(() -> {
                try {
                    RunEvent.Ended unused = agent.command(Job.BACKUP, Map.of(), event -> {});
                } catch (InterruptedException e) {
                    // As asked.
                }
            });
            assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
            RunEvent.Ended second = agent.command(Job.BACKUP, Map.of(), event -> {});
            goOn.countDown();
            first.join(Duration.ofSeconds(10));
            assertThat(second.verdict()).isEqualTo(Verdict.REFUSED);
            assertThat(second.problems().toString()).contains("backup");
        }
    }

    @Test
    void aChangedJobIsInForceAtTheNextLookAndABadFileLeavesTheLastGoodOne() throws Exception {
        JobFile file = new JobFile(places.job());
        assertThat(file.read().orElseThrow().backupSchedule()).isEqualTo("0 3 * * *");
        plan("*/5 * * * *");
        assertThat(file.read().orElseThrow().backupSchedule()).isEqualTo("*/5 * * * *");
        Files.writeString(places.job().resolve(BackupPlan.FILE), "{\"instance\":");
        assertThat(file.read().orElseThrow().backupSchedule()).isEqualTo("*/5 * * * *");
        assertThat(file.problem()).isPresent();
        Files.delete(places.job().resolve(BackupPlan.FILE));
        assertThat(file.read()).isEmpty();
    }

    private void waitFor(int messages) throws InterruptedException {
        for (int i = 0; i < 200 && received.size() < messages; i++) {
            Thread.sleep(50);
        }
    }
}
