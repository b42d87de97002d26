package dev.foundation.alert;

import dev.foundation.schedule.Job;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What Prometheus asks (R4.3). Times are Unix seconds, durations seconds, sizes bytes, as its conventions want; a series appears with its first value, so
 * that "never" is absent rather than 1970. After a restart the caller sets again what it knows. Safe for use by many threads.
 */
public final class Metrics {
    private static final String PREFIX = "foundation_backup_";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Gauge lastSuccess = gauge("last_success_timestamp_seconds", "When the job last succeeded.", "job");
    private final Gauge lastPoint =
            gauge("last_point_timestamp_seconds", "Moment of the newest point that the job handled.", "job");
    private final Gauge runDuration = gauge("run_duration_seconds", "How long the job's last run took.", "job");
    private final Counter runs = counter("runs_total", "Runs by outcome (success, failure).", "job", "outcome");
    private final Gauge sequence = gauge("point_sequence", "Sequence of the newest sealed point.");
    private final Gauge artifactSize =
            gauge("artifact_size_bytes", "Sealed size of the artifact in the newest point.", "artifact");
    private final Gauge artifactDuration =
            gauge("artifact_duration_seconds", "How long the artifact of the newest point took.", "artifact");
    private final Counter sent = counter("sent_bytes_total", "Bytes sent to the store.", "store");
    private final Counter saved =
            counter("saved_bytes_total", "Bytes that the store had already and that were not sent again.", "store");
    private final Gauge destination =
            gauge("destination_up", "1 if the store took or showed what was asked last, else 0.", "store");
    private final Gauge lastVerify = gauge("last_verify_timestamp_seconds", "When points were last verified.");
    private final Gauge verifyGood = gauge("last_verify_success", "1 if the last verify found nothing wrong, else 0.");
    private final Gauge overdue =
            gauge("overdue", "1 if the job's last success is older than it may be, else 0.", "job");

    /**
     * @param clock asked at each scrape
     * @param newestSealed moment of the newest sealed point, asked at each scrape
     * @param alertsWaiting alerts not delivered yet, asked at each scrape
     */
    public Metrics(InstantSource clock, Supplier<Optional<Instant>> newestSealed, IntSupplier alertsWaiting) {
        GaugeWithCallback.builder()
                .name(PREFIX + "rpo_seconds")
                .help("What would be lost now: age of the newest sealed point.")
                .callback(value -> newestSealed
                        .get()
                        .ifPresent(moment -> value.call(seconds(Duration.between(moment, clock.instant())))))
                .register(registry);
        GaugeWithCallback.builder()
                .name(PREFIX + "alerts_waiting")
                .help("Alerts that have not arrived yet.")
                .callback(value -> value.call(alertsWaiting.getAsInt()))
                .register(registry);
    }

    /** A run has ended. */
    public void ran(Job job, boolean good, Instant end, Duration took) {
        runs.labelValues(job.toString(), good ? "success" : "failure").inc();
        runDuration.labelValues(job.toString()).set(seconds(took));
        if (good) {
            succeeded(job, end);
        }
        if (job == Job.VERIFY) {
            verified(good, end);
        }
    }

    /** As known from before a restart. */
    public void succeeded(Job job, Instant when) {
        lastSuccess.labelValues(job.toString()).set(seconds(when));
    }

    /** As known from before a restart. */
    public void verified(boolean good, Instant when) {
        lastVerify.set(seconds(when));
        verifyGood.set(good ? 1 : 0);
    }

    /** The newest point that a job has made, copied or checked. */
    public void point(Job job, Instant moment) {
        lastPoint.labelValues(job.toString()).set(seconds(moment));
    }

    /** The newest sealed point's sequence (P2). */
    public void sequence(long newest) {
        sequence.set((double) newest);
    }

    /** @param name as in R2.3. @param size sealed, in bytes */
    public void artifact(String name, long size, Duration took) {
        artifactSize.labelValues(name).set((double) size);
        artifactDuration.labelValues(name).set(seconds(took));
    }

    /** @param store as {@code ObjectStore.name} says. @param notSent bytes of blobs that were there already */
    public void transferred(String store, long bytes, long notSent) {
        sent.labelValues(store).inc(bytes);
        saved.labelValues(store).inc(notSent);
    }

    public void destination(String store, boolean healthy) {
        destination.labelValues(store).set(healthy ? 1 : 0);
    }

    /** @param watched all jobs that have a maximum age */
    public void overdue(Set<Job> watched, Set<Job> silent) {
        watched.forEach(job -> overdue.labelValues(job.toString()).set(silent.contains(job) ? 1 : 0));
    }

    MetricSnapshots scrape() {
        return registry.scrape();
    }

    private Gauge gauge(String name, String help, String... labels) {
        return Gauge.builder().name(PREFIX + name).help(help).labelNames(labels).register(registry);
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.builder()
                .name(PREFIX + name)
                .help(help)
                .labelNames(labels)
                .register(registry);
    }

    private static double seconds(Instant moment) {
        return moment.getEpochSecond() + moment.getNano() / 1e9;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
