package dev.foundation.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class RunLocksTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T03:00:00Z"));

    @TempDir
    Path folder;

    @Test
    void oneHoldsAtATimeAndIsNamedToWhoeverIsRefused() throws Exception {
        try (RunLocks locks = RunLocks.in(folder.resolve("new"), CLOCK)) {
            RunLock first = locks.tryAcquire("backup").orElseThrow();
            assertThat(locks.tryAcquire("prune")).isEmpty();
            assertThatThrownBy(() -> locks.acquire("prune", Duration.ofMillis(200)))
                    .isInstanceOf(LockHeldException.class)
                    .hasMessageStartingWith("cannot prune now: the lock ")
                    .hasMessageContaining(
                            "is held by backup (pid " + ProcessHandle.current().pid() + " on host ")
                    .hasMessageContaining("since 2026-11-21T03:00:00Z");
            first.close();
            first.close();
            assertThat(locks.holder()).isEmpty();
            try (RunLock second = locks.acquire("prune", Duration.ZERO)) {
                assertThat(second).isNotNull();
                assertThat(locks.holder().orElseThrow()).startsWith("prune ");
                assertThat(locks.tryAcquire("backup")).isEmpty();
            }
        }
    }

    @Test
    void anotherInstanceOfTheSameProcessIsRefusedAndTakesNothingAway() throws Exception {
        try (RunLocks locks = RunLocks.in(folder, CLOCK)) {
            RunLocks others = RunLocks.in(folder, CLOCK);
            RunLock held = locks.tryAcquire("backup").orElseThrow();
            assertThat(others.tryAcquire("prune")).isEmpty();
            assertThat(others.holder().orElseThrow()).startsWith("backup ");
            Process other = holder(); // still locked against other processes
            assertThat(other.inputReader(StandardCharsets.UTF_8).readLine()).isNull();
            held.close();
            assertThat(others.tryAcquire("prune")).isPresent();
            others.close();
        }
    }

    @Test
    void threadsTakeTurns() throws Exception {
        try (RunLocks locks = RunLocks.in(folder, CLOCK)) {
            var inside = new AtomicInteger();
            var runs = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                threads.add(Thread.startVirtualThread(() -> {
                    try (RunLock lock = locks.acquire("backup", Duration.ofSeconds(20))) {
                        assertThat(lock).isNotNull();
                        assertThat(inside.incrementAndGet()).isEqualTo(1);
                        Thread.sleep(5);
                        inside.decrementAndGet();
                        runs.incrementAndGet();
                    } catch (IOException | InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(runs).hasValue(20);
        }
    }

    @Test
    void theLockDiesWithItsHolder() throws Exception {
        Process other = holder();
        try (BufferedReader says = other.inputReader(StandardCharsets.UTF_8);
                RunLocks locks = RunLocks.in(folder, CLOCK)) {
            assertThat(says.readLine()).isEqualTo("held");
            assertThat(locks.tryAcquire("prune")).isEmpty();
            assertThatThrownBy(() -> locks.acquire("prune", Duration.ofMillis(300)))
                    .hasMessageContaining("held by backup (pid " + other.pid() + " on host ");
            other.destroyForcibly(); // SIGKILL
            try (RunLock lock = locks.acquire("prune", Duration.ofSeconds(10))) {
                assertThat(lock).isNotNull();
                assertThat(locks.holder().map(who -> who.contains("pid " + other.pid())))
                        .isEqualTo(Optional.of(false));
            }
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void holdersOfOtherUsersCanOpenTheFile() throws Exception {
        try (RunLocks locks = RunLocks.in(folder, CLOCK)) {
            assertThat(locks.holder()).isEmpty();
            assertThat(Files.getPosixFilePermissions(folder.resolve("run.lock")))
                    .hasSize(6);
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> RunLocks.in(file.resolve("below"), CLOCK))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot open the lock");
    }

    private Process holder() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
