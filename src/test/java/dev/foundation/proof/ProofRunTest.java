package dev.foundation.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.artifact.postgres.ForgejoRow;
import dev.foundation.event.RunEvent;
import dev.foundation.verify.Severity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every check alone with a fake (the real servers: {@link ProofIT}), and that nothing is ever green by default. */
@Timeout(120)
final class ProofRunTest {
    private static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");

    private static List<CheckResult> run(FakeScratch fake) throws Exception {
        return run(FakeScratch.subject(), fake);
    }

    private static List<CheckResult> run(ProofSubject subject, FakeScratch fake) throws Exception {
        Scratch scratch = fake.scratch();
        List<Check> checks = List.of(
                new RowsCheck(subject, scratch.database()),
                new UnsealedCheck(scratch.safe()),
                new SecretCheck(scratch.safe(), scratch.database()),
                new SamplesCheck(subject, scratch.buckets()),
                new CrossCheckOfBlobs(subject, scratch.database(), scratch.buckets()),
                new HeadsCheck(subject, scratch),
                new FsckCheck(subject, scratch.repositories()),
                new CloneCheck(subject, scratch.forge()),
                new HookCheck(scratch.forge(), "thrown-away", Duration.ofMillis(50)));
        List<CheckResult> results =
                new ProofRun(checks, Map.of(), InstantSource.fixed(NOW), event -> {}).run();
        assertThat(fake.open).as("clones left behind").isZero();
        return results;
    }

    private static Set<CheckName> red(List<CheckResult> results) {
        return results.stream()
                .filter(each -> !each.good())
                .map(CheckResult::name)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(CheckName.class)));
    }

    private static Evidence evidence(List<CheckResult> results, String... problems) {
        return Evidence.of(
                ProofFixture.seal(List.of(), 0), "here", "1", NOW, NOW, List.of(), results, List.of(problems));
    }

    @Test
    void whatIsAsThePointSaysIsGreen() throws Exception {
        List<CheckResult> results = run(new FakeScratch());
        assertThat(results).extracting(CheckResult::name).containsExactly(CheckName.values());
        assertThat(red(results)).isEmpty();
        assertThat(evidence(results).verdict()).isEqualTo(Evidence.Verdict.GREEN);
    }

    @Test
    void theEntryRunsEveryCheckThatThereIs() throws Exception {
        List<RunEvent> events = new ArrayList<>();
        List<CheckResult> results = ProofRun.of(
                        FakeScratch.subject(),
                        new FakeScratch().scratch(),
                        InstantSource.fixed(NOW),
                        new Random(1),
                        events::add)
                .run();
        assertThat(results).extracting(CheckResult::name).containsExactly(CheckName.values());
        assertThat(events).contains(new RunEvent.Began("forgejo.hook"));
    }

    @Test
    void eachCheckIsRedWhenItsSubjectIsBroken() throws Exception {
        Map<String, Map.Entry<CheckName, Consumer<FakeScratch>>> cases = new LinkedHashMap<>();
        cases.put("a table is empty", Map.entry(CheckName.POSTGRES_ROWS, it -> it.rows.put("public.user", 0L)));
        cases.put("a moving table is empty", Map.entry(CheckName.POSTGRES_ROWS, it -> it.rows.put("public.notice", 0L)));
        cases.put("a row is missing", Map.entry(CheckName.POSTGRES_ROWS, it -> it.rows.put("public.user", 1L)));
        cases.put("a row is too many", Map.entry(CheckName.POSTGRES_ROWS, it -> it.rows.put("public.user", 3L)));
        cases.put("a table is missing", Map.entry(CheckName.POSTGRES_ROWS, it -> it.rows.remove("public.user")));
        cases.put("Vault is sealed", Map.entry(CheckName.VAULT_UNSEALED, it -> it.trouble = Optional.of("sealed")));
        cases.put("no secret", Map.entry(CheckName.VAULT_SECRET, it -> it.login = Optional.empty()));
        cases.put("another password", Map.entry(CheckName.VAULT_SECRET, it -> it.password = "another"));
        cases.put("any password", Map.entry(CheckName.VAULT_SECRET, it -> it.anyPassword = true));
        cases.put("other bytes", Map.entry(CheckName.S3_SAMPLES, it -> it.buckets.put("media", "a", "onE")));
        cases.put("an object is gone", Map.entry(CheckName.S3_SAMPLES, it -> it.buckets.remove("media", "a")));
        cases.put(
                "a row without a blob",
                Map.entry(CheckName.CROSS_BLOBS, it -> it.pointers.add(new ForgejoRow.LfsObject("999999", 1))));
        cases.put("no rows where there were", Map.entry(CheckName.CROSS_BLOBS, it -> it.pointers.clear()));
        cases.put(
                "another head",
                Map.entry(
                        CheckName.FORGEJO_HEAD,
                        it -> it.heads.put(
                                FakeScratch.PATH,
                                new Scratch.Repositories.Head("refs/heads/main", "3".repeat(40)))));
        cases.put("no repository", Map.entry(CheckName.FORGEJO_HEAD, it -> it.heads.clear()));
        cases.put("the server has another", Map.entry(CheckName.FORGEJO_HEAD, it -> it.branches.clear()));
        cases.put(
                "git complains",
                Map.entry(CheckName.FORGEJO_FSCK, it -> it.fsck.put(FakeScratch.PATH, List.of("missing blob"))));
        cases.put("git did not look", Map.entry(CheckName.FORGEJO_FSCK, it -> it.fsck.clear()));
        cases.put("another clone", Map.entry(CheckName.FORGEJO_CLONE, it -> it.cloned = "3".repeat(40)));
        cases.put("an empty clone", Map.entry(CheckName.FORGEJO_CLONE, it -> it.files = 0));
        cases.put("no hooks", Map.entry(CheckName.FORGEJO_HOOK, it -> it.hooks = false));
        int ran = 0;
        for (var each : cases.entrySet()) {
            FakeScratch fake = new FakeScratch();
            each.getValue().getValue().accept(fake);
            List<CheckResult> results = run(fake);
            assertThat(red(results)).as(each.getKey()).containsExactly(each.getValue().getKey());
            assertThat(evidence(results).verdict()).as(each.getKey()).isEqualTo(Evidence.Verdict.RED);
            ran++;
        }
        System.out.println(ran + " of " + cases.size() + " cases ran");
        assertThat(ran).isEqualTo(21);
    }

    @Test
    void aTableThatForgejoChangesByItselfIsAWarning() throws Exception {
        FakeScratch fake = new FakeScratch();
        fake.rows.put("public.notice", 9L);
        List<CheckResult> results = run(fake);
        assertThat(red(results)).isEmpty();
        assertThat(results.getFirst().findings())
                .singleElement()
                .extracting(ProofFinding::severity)
                .isEqualTo(Severity.WARNING);
    }

    @Test
    void nothingToLookAtIsRedEverywhere() throws Exception {
        ProofSubject nothing = ProofFixture.subject(
                ProofFixture.rows("forgejo", Map.of()),
                ProofFixture.repositories(Map.of()),
                new ObjectSamples(Map.of("media", 3L), List.of()));
        assertThat(red(run(nothing, new FakeScratch())))
                .containsExactlyInAnyOrder(
                        CheckName.POSTGRES_ROWS,
                        CheckName.S3_SAMPLES,
                        CheckName.CROSS_BLOBS,
                        CheckName.FORGEJO_HEAD,
                        CheckName.FORGEJO_FSCK,
                        CheckName.FORGEJO_CLONE);
    }

    private interface Body {
        Looked run() throws IOException, InterruptedException;
    }

    private static Check check(CheckName name, Body body) {
        return new Check() {
            @Override
            public CheckName name() {
                return name;
            }

            @Override
            public Looked run() throws IOException, InterruptedException {
                return body.run();
            }
        };
    }

    @Test
    void whatGoesWrongInACheckIsItsFindingAndTheNextIsAsked() throws Exception {
        List<CheckResult> results = new ProofRun(
                        List.of(
                                check(CheckName.POSTGRES_ROWS, () -> {
                                    throw new IOException("nobody answers");
                                }),
                                check(CheckName.VAULT_UNSEALED, () -> {
                                    throw new IllegalStateException("with a secret in it");
                                }),
                                check(CheckName.VAULT_SECRET, () -> {
                                    Thread.sleep(60_000);
                                    return new Looked(1, List.of());
                                }),
                                check(CheckName.S3_SAMPLES, () -> new Looked(0, List.of())),
                                check(CheckName.FORGEJO_HOOK, () -> new Looked(1, List.of()))),
                        Map.of(CheckName.VAULT_SECRET, Duration.ofMillis(100)),
                        InstantSource.system(),
                        event -> {})
                .run();
        assertThat(results).hasSize(5);
        assertThat(results).extracting(CheckResult::good).containsExactly(false, false, false, false, true);
        assertThat(results.get(0).findings().getFirst().message()).contains("nobody answers");
        assertThat(results.get(1).findings().getFirst().message())
                .contains("IllegalStateException")
                .doesNotContain("secret");
        assertThat(results.get(2).findings().getFirst().message()).contains("did not end within");
        assertThat(results.get(3).findings().getFirst().message()).contains("nothing was looked at");
    }

    @Test
    void aMissingCheckAndAProblemOutsideAreRed() throws Exception {
        List<CheckResult> all = run(new FakeScratch());
        assertThat(evidence(List.of()).verdict()).isEqualTo(Evidence.Verdict.RED);
        for (int i = 0; i < all.size(); i++) {
            List<CheckResult> fewer = new ArrayList<>(all);
            CheckResult left = fewer.remove(i);
            Evidence evidence = evidence(fewer);
            assertThat(evidence.verdict()).isEqualTo(Evidence.Verdict.RED);
            assertThat(evidence.missing()).containsExactly(left.name());
            fewer.add(fewer.getFirst());
            assertThat(evidence(fewer).verdict()).isEqualTo(Evidence.Verdict.RED);
        }
        assertThat(evidence(all, "the restore broke off").verdict()).isEqualTo(Evidence.Verdict.RED);
    }
}
