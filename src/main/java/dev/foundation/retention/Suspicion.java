package dev.foundation.retention;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * Whether a run looks unlike the good ones before it: a size or a count below half of the median of up to five, an artifact that is missing, a table or
 * bucket that always had content and has none. What is small anyway (below 64 KiB, below ten) says nothing by its half.
 *
 * <p>Growth is no suspicion. A change that a person has accepted is seen again until {@code lastGood} begins with accepted runs: pass only the good runs
 * since the accepted one.
 */
public final class Suspicion {
    private static final int MEMORY = 5;
    private static final long SMALL_SIZE = 64 * 1024;
    private static final long SMALL_COUNT = 10;

    private final RunFacts run;
    private final List<RunFacts> lastGood;
    private final List<String> reasons = new ArrayList<>();

    private Suspicion(RunFacts run, List<RunFacts> lastGood) {
        this.run = run;
        this.lastGood = lastGood;
    }

    /**
     * Reasons in plain words; empty if the run looks as usual, or if there is none to hold it against.
     *
     * @param lastGood newest first; more than five are not looked at
     */
    public static List<String> reasons(RunFacts run, List<RunFacts> lastGood) {
        if (lastGood.isEmpty()) {
            return List.of();
        }
        var suspicion = new Suspicion(run, lastGood.subList(0, Math.min(MEMORY, lastGood.size())));
        suspicion.sizes();
        suspicion.counts("table", "rows", RunFacts::rows);
        suspicion.counts("bucket", "objects", RunFacts::objects);
        suspicion.repositories();
        return List.copyOf(suspicion.reasons);
    }

    private void sizes() {
        history(RunFacts::sizes).forEach((artifact, before) -> {
            Long size = run.sizes().get(artifact);
            if (size == null) {
                if (lastGood.getFirst().sizes().containsKey(artifact)) {
                    reasons.add(artifact + " is missing: the last good point has it");
                }
            } else {
                fellOff(artifact, size, median(before), SMALL_SIZE, Words::bytes);
            }
        });
    }

    private void counts(String kind, String unit, Function<RunFacts, Map<String, Long>> facts) {
        Map<String, Long> found = facts.apply(run);
        history(facts).forEach((name, before) -> {
            boolean always = before.size() == lastGood.size() && before.stream().allMatch(count -> count > 0);
            Long count = found.get(name);
            if (count == null || count == 0) {
                if (always) {
                    reasons.add(kind + " " + name + (count == null ? " is gone" : " has no " + unit + " any more")
                            + ": the last good point has " + before.getFirst() + " " + unit);
                }
            } else {
                fellOff(kind + " " + name, count, median(before), SMALL_COUNT, value -> value + " " + unit);
            }
        });
    }

    private void repositories() {
        List<Long> before = lastGood.stream()
                .map(RunFacts::repositories)
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .toList();
        if (before.isEmpty() || run.repositories().isEmpty()) {
            return;
        }
        long count = run.repositories().getAsLong();
        if (count == 0 && before.getFirst() > 0) {
            reasons.add("there are no repositories any more: the last good point has " + before.getFirst());
        } else {
            fellOff("the number of repositories", count, median(before), SMALL_COUNT, Long::toString);
        }
    }

    private void fellOff(String what, long now, long usual, long small, LongFunction<String> words) {
        if (usual >= small && now < usual - now) {
            long percent = Math.round(100.0 * now / usual);
            reasons.add(what + " is " + percent + " % of the usual (" + words.apply(usual) + " before, "
                    + words.apply(now) + " now)");
        }
    }

    /** What the good runs had, newest first, by name in order of names. */
    private Map<String, List<Long>> history(Function<RunFacts, Map<String, Long>> facts) {
        var history = new TreeMap<String, List<Long>>();
        for (RunFacts good : lastGood) {
            facts.apply(good)
                    .forEach((name, value) -> history.computeIfAbsent(name, ignored -> new ArrayList<>())
                            .add(value));
        }
        return history;
    }

    /** The lower one of the two in the middle of an even number, so that two runs need both to be larger. */
    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get((values.size() - 1) / 2);
    }
}
