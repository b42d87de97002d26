package dev.foundation.proof;

import dev.foundation.event.RunEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Asks a restored environment every question there is, one after the other, each with a limit of its own. What goes wrong in a check, in whatever way, is
 * that check's finding, and the next one is asked; so there is always a verdict, and it is never green by default.
 */
public final class ProofRun {
    private static final Duration USUAL = Duration.ofMinutes(10);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration HOOK = Duration.ofSeconds(20);

    private final Map<CheckName, Check> checks = new EnumMap<>(CheckName.class);
    private final Map<CheckName, Duration> limits;
    private final InstantSource clock;
    private final Consumer<RunEvent> events;

    ProofRun(List<Check> checks, Map<CheckName, Duration> limits, InstantSource clock, Consumer<RunEvent> events) {
        checks.forEach(each -> this.checks.put(each.name(), each));
        this.limits = Map.copyOf(limits);
        this.clock = clock;
        this.events = events;
    }

    /** @param random names the branch that is thrown away */
    public static ProofRun of(
            ProofSubject subject,
            Scratch scratch,
            InstantSource clock,
            RandomGenerator random,
            Consumer<RunEvent> events) {
        String branch = "foundation-proof-" + HexFormat.of().toHexDigits(random.nextLong());
        List<Check> checks = List.of(
                new RowsCheck(subject, scratch.database()),
                new UnsealedCheck(scratch.safe()),
                new SecretCheck(scratch.safe(), scratch.database()),
                new SamplesCheck(subject, scratch.buckets()),
                new CrossCheckOfBlobs(subject, scratch.database(), scratch.buckets()),
                new HeadsCheck(subject, scratch),
                new FsckCheck(subject, scratch.repositories()),
                new CloneCheck(subject, scratch.forge()),
                new HookCheck(scratch.forge(), branch, HOOK));
        return new ProofRun(
                checks,
                Map.of(CheckName.POSTGRES_ROWS, LONG, CheckName.S3_SAMPLES, LONG, CheckName.FORGEJO_FSCK, LONG),
                clock,
                events);
    }

    /** One result for each {@link CheckName} that has a check, in their order. */
    public List<CheckResult> run() throws InterruptedException {
        List<CheckResult> results = new ArrayList<>();
        for (Check each : checks.values()) {
            events.accept(new RunEvent.Began(each.name().id()));
            CheckResult result = run(each);
            results.add(result);
            for (ProofFinding finding : result.findings()) {
                String text = each.name() + (finding.subject().isEmpty() ? "" : " " + finding.subject()) + ": "
                        + finding.message();
                switch (finding.severity()) {
                    case INFO -> events.accept(new RunEvent.Noted(text));
                    case WARNING, ERROR -> events.accept(new RunEvent.Warned(finding.severity() + " " + text));
                }
            }
            events.accept(
                    new RunEvent.Finished(each.name().id(), 0, result.took().toMillis()));
        }
        return results;
    }

    private CheckResult run(Check check) throws InterruptedException {
        Instant began = clock.instant();
        Duration limit = limits.getOrDefault(check.name(), USUAL);
        Callable<Looked> call = check::run;
        var task = new FutureTask<>(call);
        Thread thread = Thread.ofVirtual().name("check " + check.name()).start(task);
        try {
            Looked looked = task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return CheckResult.of(check.name(), looked, since(began));
        } catch (TimeoutException e) {
            return CheckResult.failed(
                    check.name(), "did not end within " + limit.toSeconds() + " s and was stopped", since(began));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            // What we throw on purpose says what to do; of anything else the kind alone is known to hold no secret.
            String why = cause instanceof IOException && cause.getMessage() != null
                    ? cause.getMessage()
                    : "a defect of this program, " + cause.getClass().getName();
            return CheckResult.failed(check.name(), "could not be asked: " + why, since(began));
        } finally {
            thread.interrupt();
        }
    }

    private Duration since(Instant began) {
        Duration took = Duration.between(began, clock.instant());
        return took.isNegative() ? Duration.ZERO : took;
    }
}
