package dev.foundation.retention;

import dev.foundation.bundle.BundleId;
import dev.foundation.retention.Candidate.Point;
import dev.foundation.retention.Candidate.Unsealed;
import dev.foundation.retention.Decision.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which points stay (R5.1). Whatever the policy says, these do: the newest point, the newest verified one, what is held or locked, what is out of
 * order, everything while the last run failed or looks wrong, everything while the clock and the points disagree, and unsealed folders that are young or
 * newer than the newest good point (a run may be writing them, or they may be all there is of that time).
 *
 * <p>A greater policy keeps a superset; planning again after the removal removes nothing more; the order of the candidates does not matter.
 */
public final class Retention {
    private static final Duration YOUNG = Duration.ofDays(1);
    private static final int MOST_WARNINGS = 10;

    private final RetentionPolicy policy;
    private final Instant now;
    private final List<Candidate> candidates;
    private final Timeline timeline;
    private final Optional<String> distrust;
    private final Map<BundleId, List<String>> kept = new HashMap<>();

    private Retention(RetentionPolicy policy, Collection<? extends Candidate> candidates, Instant now) {
        this.policy = policy;
        this.now = now;
        this.candidates = candidates.stream()
                .<Candidate>map(candidate -> candidate)
                .sorted(Comparator.comparing(Candidate::id).reversed())
                .toList();
        this.timeline = Timeline.of(
                this.candidates.stream()
                        .filter(Point.class::isInstance)
                        .map(Point.class::cast)
                        .toList(),
                now);
        this.distrust = timeline.distrust(now);
    }

    /** @throws IllegalArgumentException if a point is given twice */
    public static RetentionPlan plan(RetentionPolicy policy, Collection<? extends Candidate> candidates, Instant now) {
        var seen = new HashSet<BundleId>();
        for (Candidate candidate : candidates) {
            if (!seen.add(candidate.id())) {
                throw new IllegalArgumentException(candidate.id() + " is given twice: one store has each point once");
            }
        }
        return new Retention(policy, candidates, now).plan();
    }

    /** Why the clock and the points contradict each other; empty if they agree. While they do, nothing is removed. */
    public static Optional<String> distrust(Collection<? extends Candidate> candidates, Instant now) {
        return Timeline.of(
                        candidates.stream()
                                .filter(Point.class::isInstance)
                                .map(Point.class::cast)
                                .toList(),
                        now)
                .distrust(now);
    }

    private RetentionPlan plan() {
        timeline.newest().ifPresent(this::keepPoints);
        candidates.forEach(candidate -> {
            if (candidate instanceof Unsealed unsealed) {
                keepUnsealed(unsealed);
            }
        });
        List<Decision> decisions = candidates.stream().map(this::decide).toList();
        return new RetentionPlan(decisions, warnings());
    }

    private void keepPoints(Point newest) {
        keep(newest.id(), "newest point");
        newestOf(point -> point.verified()).ifPresent(id -> keep(id, "newest verified point"));
        newestOf(point -> point.verified() && !point.suspicious() && timeline.inOrder(point))
                .filter(id -> !kept.getOrDefault(id, List.of()).contains("newest verified point"))
                .ifPresent(id -> keep(id, "newest good verified point"));
        Instant continuous = newest.id().moment().minus(policy.continuous());
        Optional<String> unrest = unrest();
        for (Point point : timeline.points()) {
            BundleId id = point.id();
            if (point.held()) {
                keep(id, "held");
            }
            point.lockedUntil()
                    .filter(until -> until.isAfter(now))
                    .ifPresent(until -> keep(id, "locked until " + Words.moment(until)));
            if (id.moment().isAfter(continuous)) {
                keep(id, "within " + Words.duration(policy.continuous()) + " of the newest point");
            }
            Optional.ofNullable(timeline.disorder().get(id)).ifPresent(why -> keep(id, why));
        }
        new Generations(timeline.points().stream().filter(timeline::inOrder).toList(), policy).keep(this::keep);
        unrest.ifPresent(why -> timeline.points().forEach(point -> keep(point.id(), why)));
    }

    /** Why the last run may have gone wrong. */
    private Optional<String> unrest() {
        return timeline.newest().flatMap(newest -> {
            if (newest.failedRunAfter()) {
                return Optional.of(
                        "the run after " + newest.id() + " failed: no point is removed until a good one follows");
            }
            return newest.suspicious()
                    ? Optional.of(newest.id() + " is suspicious: no point is removed until a good one follows")
                    : Optional.empty();
        });
    }

    private void keepUnsealed(Unsealed folder) {
        Instant young = now.minus(YOUNG);
        if (folder.held()) {
            keep(folder.id(), "held");
        }
        if (folder.lastModified().isAfter(young)) {
            keep(folder.id(), "unsealed, written to less than a day ago: a run may be under way");
        } else if (folder.id().moment().isAfter(young)) {
            keep(folder.id(), "unsealed, younger than a day: a run may be under way");
        }
        boolean succeeded = newestOf(point -> !point.suspicious())
                .filter(good -> good.moment().isAfter(folder.id().moment()))
                .isPresent();
        if (!succeeded) {
            keep(folder.id(), "unsealed, and no good point is newer");
        }
    }

    private Optional<BundleId> newestOf(Predicate<Point> wanted) {
        return timeline.points().reversed().stream().filter(wanted).findFirst().map(Point::id);
    }

    private void keep(BundleId id, String reason) {
        kept.computeIfAbsent(id, ignored -> new ArrayList<>()).add(reason);
    }

    private Decision decide(Candidate candidate) {
        List<String> reasons = kept.getOrDefault(candidate.id(), List.of());
        if (!reasons.isEmpty()) {
            return new Decision(candidate.id(), Verdict.KEEP, reasons);
        }
        if (distrust.isPresent()) {
            return new Decision(candidate.id(), Verdict.KEEP, List.of(distrust.get()));
        }
        return new Decision(candidate.id(), Verdict.REMOVE, List.of(whyRemoved(candidate)));
    }

    private String whyRemoved(Candidate candidate) {
        return switch (candidate) {
            case Unsealed unsealed ->
                "never sealed, last written to " + Words.moment(unsealed.lastModified()) + ": left by a broken run";
            case Point point when point.suspicious() -> "suspicious, and good points stand for its time";
            case Point point ->
                "beyond " + policy.daily() + " daily, " + policy.weekly() + " weekly, " + policy.monthly()
                        + " monthly, " + policy.yearly() + " yearly";
        };
    }

    private List<String> warnings() {
        var warnings = new ArrayList<String>();
        distrust.ifPresent(warnings::add);
        unrest().ifPresent(warnings::add);
        List<String> disorder = candidates.stream()
                .map(Candidate::id)
                .filter(timeline.disorder()::containsKey)
                .map(id -> id + " is " + timeline.disorder().get(id))
                .toList();
        // One point with a wrong name contradicts many: the first ones tell which it is, and the decisions list all.
        warnings.addAll(disorder.subList(0, Math.min(MOST_WARNINGS, disorder.size())));
        if (disorder.size() > MOST_WARNINGS) {
            warnings.add(disorder.size() - MOST_WARNINGS + " more points are out of order, and stay");
        }
        return warnings;
    }
}
