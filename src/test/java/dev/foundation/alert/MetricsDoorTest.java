package dev.foundation.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.schedule.Job;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class MetricsDoorTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T04:00:00Z"));
    private final AtomicReference<Optional<Instant>> newest = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());
    private final Metrics metrics = new Metrics(now::get, newest::get, () -> 2);
    private final HttpClient client = HttpClient.newHttpClient();
    private MetricsDoor door;

    @BeforeEach
    void open() throws IOException {
        door = MetricsDoor.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), metrics, trouble::get);
    }

    @AfterEach
    void close() {
        door.close();
        client.shutdownNow();
    }

    private HttpResponse<String> ask(String method, String path, String accept) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path))
                .header("Accept", accept)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void metricsAreInTheTextFormatWithTheirUnits() throws Exception {
        metrics.ran(Job.BACKUP, true, Instant.parse("2026-11-21T03:01:00Z"), Duration.ofMillis(60_500));
        metrics.ran(Job.VERIFY, false, Instant.parse("2026-11-21T03:30:00Z"), Duration.ofSeconds(9));
        metrics.point(Job.BACKUP, Instant.parse("2026-11-21T03:00:00Z"));
        metrics.sequence(42);
        metrics.artifact("postgres.sql.gz", 1_234_567, Duration.ofSeconds(12));
        metrics.transferred("off-site", 1000, 5000);
        metrics.transferred("off-site", 1000, 0);
        metrics.destination("local", true);
        metrics.destination("off-site", false);
        metrics.overdue(Set.of(Job.BACKUP, Job.DRILL), Set.of(Job.DRILL));
        newest.set(Optional.of(Instant.parse("2026-11-21T03:00:00Z")));
        HttpResponse<String> answer = ask("GET", "/metrics", "*/*");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body().lines())
                .contains(
                        "# TYPE foundation_backup_last_success_timestamp_seconds gauge",
                        "foundation_backup_last_success_timestamp_seconds{job=\"backup\"} 1.79523006E9",
                        "foundation_backup_last_point_timestamp_seconds{job=\"backup\"} 1.79523E9",
                        "foundation_backup_run_duration_seconds{job=\"backup\"} 60.5",
                        "foundation_backup_runs_total{job=\"backup\",outcome=\"success\"} 1.0",
                        "foundation_backup_runs_total{job=\"verify\",outcome=\"failure\"} 1.0",
                        "foundation_backup_point_sequence 42.0",
                        "foundation_backup_artifact_size_bytes{artifact=\"postgres.sql.gz\"} 1234567.0",
                        "foundation_backup_artifact_duration_seconds{artifact=\"postgres.sql.gz\"} 12.0",
                        "# TYPE foundation_backup_sent_bytes_total counter",
                        "foundation_backup_sent_bytes_total{store=\"off-site\"} 2000.0",
                        "foundation_backup_saved_bytes_total{store=\"off-site\"} 5000.0",
                        "foundation_backup_destination_up{store=\"local\"} 1.0",
                        "foundation_backup_destination_up{store=\"off-site\"} 0.0",
                        "foundation_backup_last_verify_success 0.0",
                        "foundation_backup_overdue{job=\"backup\"} 0.0",
                        "foundation_backup_overdue{job=\"drill\"} 1.0",
                        "foundation_backup_rpo_seconds 3600.0",
                        "foundation_backup_alerts_waiting 2.0");
    }

    @Test
    void theRpoIsComputedAtEachScrapeAndAbsentWithoutAPoint() throws Exception {
        assertThat(ask("GET", "/metrics", "*/*").body()).doesNotContain("\nfoundation_backup_rpo_seconds ");
        newest.set(Optional.of(Instant.parse("2026-11-21T03:00:00Z")));
        now.set(Instant.parse("2026-11-21T03:00:30Z"));
        assertThat(ask("GET", "/metrics", "*/*").body()).contains("\nfoundation_backup_rpo_seconds 30.0\n");
        now.set(Instant.parse("2026-11-21T03:01:00Z"));
        assertThat(ask("GET", "/metrics", "*/*").body()).contains("\nfoundation_backup_rpo_seconds 60.0\n");
    }

    @Test
    void whoeverAcceptsOpenMetricsGetsIt() throws Exception {
        HttpResponse<String> answer =
                ask("GET", "/metrics", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(answer.body()).endsWith("# EOF\n");
    }

    @Test
    void healthIsGoodOrSaysWhatIsWrong() throws Exception {
        assertThat(ask("GET", "/health", "*/*").statusCode()).isEqualTo(200);
        trouble.set(Optional.of("the newest epoch is not ours: stopped"));
        HttpResponse<String> answer = ask("GET", "/health", "*/*");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("the newest epoch is not ours: stopped\n");
        assertThat(ask("HEAD", "/health", "*/*").body()).isEmpty();
    }

    @Test
    void nothingElseIsThere() throws Exception {
        assertThat(ask("GET", "/", "*/*").statusCode()).isEqualTo(404);
        assertThat(ask("POST", "/metrics", "*/*").statusCode()).isEqualTo(405);
    }
}
