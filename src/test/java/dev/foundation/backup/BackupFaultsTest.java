package dev.foundation.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.artifact.Artifact;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.SealCache;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.event.RunEvent.Verdict;
import dev.foundation.replicate.Replication;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.testing.Faults;
import dev.foundation.testing.Faults.Fault;
import dev.foundation.testing.MemoryStore;
import dev.foundation.testing.PointFixture;
import dev.foundation.verify.Finding;
import dev.foundation.verify.IntegrityCheck;
import dev.foundation.verify.IntegrityReport;
import dev.foundation.verify.Sample;
import dev.foundation.verify.Severity;
import dev.foundation.verify.Which;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong while a point is taken (T2): at every call of every store, and in every source. Each case prints nothing and is counted. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class BackupFaultsTest {
    /** Fewer would mean that a run no longer makes the calls that these tests break. */
    private static final int LEAST_CALLS = 40;

    @TempDir
    private Path folder;

    private static final class Ground {
        final MemoryStore local = new MemoryStore("local");
        final MemoryStore second = new MemoryStore("second");
        final PointFixture fixture;
        final SignedSeal first;

        Ground(Path folder) throws InterruptedException {
            fixture = new PointFixture(folder, List.of(local, second));
            fixture.buckets().put("media", "a", "one");
            first = fixture.take();
            fixture.buckets().put("media", "b", "two");
        }

        MemoryStore store(boolean wantLocal) {
            return wantLocal ? local : second;
        }

        void mended() {
            local.fail(Faults.none());
            second.fail(Faults.none());
        }

        /** Every sealed point at every place is whole, whatever was half-written beside it. */
        void everySealedPointIsWhole(String what) throws InterruptedException {
            for (MemoryStore each : List.of(local, second)) {
                IntegrityReport report = new IntegrityCheck(
                                List.of(each),
                                fixture.trust(),
                                store -> Known.nothing(),
                                new Sample(100, new Random(1)),
                                event -> {})
                        .run(new Which.All());
                assertThat(report.findings().stream()
                                .filter(finding -> finding.severity() == Severity.ERROR)
                                .map(Finding::text))
                        .as(what + " at " + each.name())
                        .isEmpty();
            }
        }

        /** As the agent does before a backup; then a point that is complete. */
        void theNextRunMendsIt(String what) throws IOException, InterruptedException {
            List<ObjectStore> both = List.of(local, second);
            Function<ObjectStore, SealCache> none = store -> SealCache.none();
            Replication.Report healed = new Replication(both, fixture.trust(), none, event -> {}).run(fixture.known());
            assertThat(healed.problems()).as(what).isEmpty();
            fixture.buckets().put("media", "c", "three");
            assertThat(fixture.run().verdict()).as(what).isEqualTo(Verdict.COMPLETE);
            everySealedPointIsWhole(what + ", mended");
        }

        int seals(MemoryStore store) {
            return Math.toIntExact(store.keys().stream()
                    .filter(key -> key.endsWith("/" + Names.SIGNATURE))
                    .count());
        }
    }

    private int callsOfAGoodRun(boolean local) throws Exception {
        Ground ground = new Ground(folder.resolve("count-" + local));
        ground.store(local).fail(Faults.none()); // counts anew
        ground.fixture.take();
        int calls = ground.store(local).calls();
        assertThat(calls).isGreaterThanOrEqualTo(LEAST_CALLS);
        return calls;
    }

    @Test
    void aStoreThatFailsAtAnyCallLosesOnlyItself() throws Exception {
        int cases = 0;
        for (boolean local : List.of(true, false)) {
            int calls = callsOfAGoodRun(local);
            for (int n = 1; n <= calls; n++) {
                String what = (local ? "local" : "second") + " fails at call " + n;
                Ground ground = new Ground(folder.resolve("fail-" + local + n));
                MemoryStore failing = ground.store(local);
                MemoryStore other = ground.store(!local);
                int broken = n;
                AtomicInteger hits = new AtomicInteger();
                failing.fail(call -> {
                    if (call.number() == broken) {
                        hits.incrementAndGet();
                        return new Fault.Throw(StoreException.Kind.OTHER);
                    }
                    return Faults.NONE;
                });
                BackupReport report = ground.fixture.run();
                ground.mended();
                assertThat(hits.get()).as(what + " was made to").isEqualTo(1);
                assertThat(report.verdict()).as(what).isIn(Verdict.INCOMPLETE, Verdict.COMPLETE);
                assertThat(ground.seals(other))
                        .as(what + ": the other place has the point")
                        .isEqualTo(2);
                assertThat(report.sealedAt().contains(failing.name())).as(what).isEqualTo(ground.seals(failing) == 2);
                ground.everySealedPointIsWhole(what);
                ground.theNextRunMendsIt(what);
                cases++;
            }
        }
        System.out.println("backup: a store failed at " + cases + " calls");
        assertThat(cases).isGreaterThanOrEqualTo(2 * LEAST_CALLS);
    }

    @Test
    void stoppedAtAnyCallItLeavesNoPointAndTheNextRunGoesOn() throws Exception {
        int cases = 0;
        int calls = callsOfAGoodRun(true);
        for (int n = 1; n <= calls; n++) {
            String what = "stopped at call " + n;
            Ground ground = new Ground(folder.resolve("stop-" + n));
            CountDownLatch reached = new CountDownLatch(1);
            int at = n;
            ground.local.fail(call -> {
                if (call.number() == at) {
                    reached.countDown();
                    return new Fault.Hang();
                }
                return Faults.NONE;
            });
            AtomicReference<@Nullable BackupReport> came = new AtomicReference<>();
            Thread run = Thread.ofPlatform().start(() -> {
                try {
                    came.set(ground.fixture.run());
                } catch (InterruptedException e) {
                    // As asked.
                }
            });
            assertThat(reached.await(60, TimeUnit.SECONDS)).as(what).isTrue();
            run.interrupt();
            run.join(60_000);
            assertThat(run.isAlive()).as(what).isFalse();
            ground.mended();
            boolean sealed = ground.seals(ground.local) == 2;
            assertThat(came.get() != null && came.get().seal().isPresent() && !sealed)
                    .as(what + ": nothing says done without a seal")
                    .isFalse();
            ground.everySealedPointIsWhole(what);
            ground.theNextRunMendsIt(what);
            cases++;
        }
        System.out.println("backup: stopped at " + cases + " calls");
        assertThat(cases).isGreaterThanOrEqualTo(LEAST_CALLS);
    }

    @Test
    void aSourceThatDiesAnywherePublishesNothing() throws Exception {
        int cases = 0;
        for (String source :
                List.of(Names.POSTGRES, Names.VAULT, Names.PULUMI_STATE, Names.FORGEJO, Names.CONFIGURATION)) {
            for (int percent : List.of(0, 50, 100)) {
                String what = source + " dies at " + percent + " %";
                Ground ground = new Ground(folder.resolve("source-" + cases));
                ground.fixture.spoil(artifact -> artifact.name().equals(source) ? dying(artifact, percent) : artifact);
                BackupReport report = ground.fixture.run();
                assertThat(report.verdict()).as(what).isEqualTo(Verdict.FAILED);
                assertThat(String.join(" ", report.problems())).as(what).contains("made to die");
                assertThat(ground.seals(ground.local) + ground.seals(ground.second))
                        .as(what)
                        .isEqualTo(2);
                assertThat(ground.local.keys())
                        .as(what)
                        .noneMatch(key -> key.endsWith(source + ".age")
                                && !key.startsWith(ground.first.seal().point().toString()));
                ground.fixture.spoil(artifact -> artifact);
                ground.theNextRunMendsIt(what);
                cases++;
            }
        }
        System.out.println("backup: a source died in " + cases + " cases");
        assertThat(cases).isEqualTo(15);
    }

    @Test
    void aStoreThatDamagesWhatItKeepsIsFoundBeforeTheSeal() throws Exception {
        Ground ground = new Ground(folder.resolve("damage"));
        ground.local.fail(Faults.on("open", new Fault.Corrupt()));
        BackupReport report = ground.fixture.run();
        ground.mended();
        assertThat(report.sealedAt()).doesNotContain("local");
        assertThat(String.join(" ", report.problems())).contains("reads back differently");
    }

    private static Artifact dying(Artifact whole, int percent) {
        return new Artifact() {
            private @Nullable InputStream content;

            @Override
            public String name() {
                return whole.name();
            }

            @Override
            public InputStream content() throws IOException, InterruptedException {
                if (content == null) {
                    byte[] all = whole.content().readAllBytes();
                    int most = all.length * percent / 100;
                    content = new FilterInputStream(new java.io.ByteArrayInputStream(all, 0, most)) {
                        @Override
                        public int read() throws IOException {
                            int one = super.read();
                            return one < 0 ? died() : one;
                        }

                        @Override
                        public int read(byte[] buffer, int offset, int length) throws IOException {
                            int read = super.read(buffer, offset, length);
                            return read < 0 ? died() : read;
                        }

                        private int died() throws IOException {
                            throw new IOException("made to die");
                        }
                    };
                }
                return content;
            }

            @Override
            public ObjectNode facts() {
                return whole.facts();
            }

            @Override
            public void close() throws IOException, InterruptedException {
                whole.close();
            }
        };
    }
}
