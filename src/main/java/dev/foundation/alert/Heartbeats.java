package dev.foundation.alert;

import dev.foundation.alert.Alert.Level;
import dev.foundation.schedule.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Jobs that have been silent for too long (S9), each with an age of its own, so that one dead job is not hidden by another's life. Pure.
 *
 * @param maximumAge by job; a job without one is not watched
 */
public record Heartbeats(Map<Job, Duration> maximumAge) {
    /** A success this far ahead of the clock is taken for a wrong clock's, and counts as none. */
    private static final Duration AHEAD = Duration.ofHours(1);

    public Heartbeats {
        maximumAge = Map.copyOf(maximumAge);
    }

    /**
     * @param alerts to be raised now: once for each silence, and once when it ends
     * @param overdue all jobs that are silent for too long now, alerted before or not
     * @param alerted to be given to the next question
     */
    public record Findings(List<Alert> alerts, Set<Job> overdue, Set<Job> alerted) {
        public Findings {
            alerts = List.copyOf(alerts);
            overdue = Set.copyOf(overdue);
            alerted = Set.copyOf(alerted);
        }
    }

    /**
     * @param lastSuccess by job; none for a job that never succeeded
     * @param since from when on silence counts for those: when the job was set up
     * @param alerted from the last findings; empty at first
     */
    public Findings check(
            Map<Job, Instant> lastSuccess, Instant since, Set<Job> alerted, String instance, Instant now) {
        var alerts = new ArrayList<Alert>();
        var overdue = EnumSet.noneOf(Job.class);
        for (Map.Entry<Job, Duration> each : new EnumMap<>(maximumAge).entrySet()) {
            Job job = each.getKey();
            Optional<Instant> success =
                    Optional.ofNullable(lastSuccess.get(job)).filter(moment -> !moment.isAfter(now.plus(AHEAD)));
            Duration silence = Duration.between(success.orElse(since), now);
            if (silence.compareTo(each.getValue()) > 0) {
                overdue.add(job);
                if (!alerted.contains(job)) {
                    alerts.add(new Alert(
                            Level.CRITICAL,
                            job + " is overdue",
                            success.map(moment -> "The last good " + job + " was at " + seconds(moment) + ", ")
                                            .orElse("No " + job + " has succeeded since " + seconds(since) + ", ")
                                    + words(silence) + " ago; it should be " + words(each.getValue())
                                    + " at most. Look at the agent: is it running, and what did the last " + job
                                    + " say?",
                            job.toString(),
                            instance,
                            Optional.empty(),
                            now));
                }
            } else if (alerted.contains(job)) {
                alerts.add(new Alert(
                        Level.INFO,
                        job + " is back",
                        "The last good " + job + " was at " + seconds(success.orElse(since)) + ".",
                        job.toString(),
                        instance,
                        Optional.empty(),
                        now));
            }
        }
        return new Findings(alerts, overdue, overdue);
    }

    private static String seconds(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String words(Duration duration) {
        return duration.toHours() >= 48
                ? duration.toDays() + " days"
                : duration.toHours() >= 2 ? duration.toHours() + " h" : duration.toMinutes() + " min";
    }
}
