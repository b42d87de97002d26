package dev.foundation.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.alert.Alert.Level;
import dev.foundation.alert.Delivery.Delivered;
import dev.foundation.alert.Delivery.Undelivered;
import dev.foundation.bundle.BundleId;
import dev.foundation.secret.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Alarms against real receivers on loopback. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class AlarmsTest {
    private static final Attempts FAST =
            new Attempts(Duration.ofMillis(700), List.of(Duration.ofMillis(5), Duration.ofMillis(5)));
    private static final Alert FAILED = new Alert(
            Level.CRITICAL,
            "backup failed",
            "postgres.sql.gz: the dump ended early. Nothing was published; look at the agent's log.",
            "backup",
            "foundation",
            Optional.of(BundleId.of("20261121T030000Z")),
            Instant.parse("2026-11-21T03:00:07Z"));

    @TempDir
    Path folder;

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void anAlertArrivesWithTitlePriorityTagsTokenAndAClearBody() throws Exception {
        try (var receiver = new Receiver(0, 200);
                var ntfy = Ntfy.withToken(receiver.url("/topic-3f9"), Secret.of("tk_hush"), FAST)) {
            assertThat(ntfy.deliver(FAILED)).isEqualTo(new Delivered("ntfy at 127.0.0.1:" + receiver.port()));
            Receiver.Got got = receiver.got.getFirst();
            assertThat(got.method() + " " + got.path()).isEqualTo("POST /topic-3f9");
            assertThat(got.headers().getFirst("Title")).isEqualTo("backup failed");
            assertThat(got.headers().getFirst("Priority")).isEqualTo("5");
            assertThat(got.headers().getFirst("Tags")).isEqualTo("rotating_light,backup,foundation");
            assertThat(got.headers().getFirst("Authorization")).isEqualTo("Bearer tk_hush");
            assertThat(got.body())
                    .isEqualTo("postgres.sql.gz: the dump ended early. Nothing was published; look at the agent's log."
                            + "\n\nbackup of foundation, point 20261121T030000Z, at 2026-11-21T03:00:07Z");
        }
    }

    @Test
    void aTitleBeyondAsciiAndABodyBeyondTheLimitArriveWhole() throws Exception {
        try (var receiver = new Receiver(0, 200);
                var ntfy = Ntfy.open(receiver.url("/t"), FAST)) {
            var alert = new Alert(
                    Level.WARNING,
                    "Größe\r\nX-Evil: 1",
                    "ä".repeat(9000),
                    "backup",
                    "i",
                    Optional.empty(),
                    FAILED.at());
            assertThat(ntfy.deliver(alert)).isInstanceOf(Delivered.class);
            Receiver.Got got = receiver.got.getFirst();
            String title = got.headers().getFirst("Title");
            assertThat(title).startsWith("=?UTF-8?B?");
            byte[] decoded = Base64.getDecoder().decode(title.substring(10, title.length() - 2));
            assertThat(new String(decoded, StandardCharsets.UTF_8)).isEqualTo("Größe X-Evil: 1");
            assertThat(got.headers().containsKey("X-Evil")).isFalse();
            assertThat(got.body().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(4096);
            assertThat(got.body()).endsWith("ä ...").doesNotContain("\ufffd");
        }
    }

    @Test
    void aServerErrorIsTriedAgain() throws Exception {
        try (var receiver = new Receiver(0, 500, 503, 200);
                var ntfy = Ntfy.open(receiver.url("/t"), FAST)) {
            assertThat(ntfy.deliver(FAILED)).isInstanceOf(Delivered.class);
            assertThat(receiver.got).hasSize(3);
        }
    }

    @Test
    void whatTryingAgainCannotMendIsTriedOnceAndSaysWhatToCheck() throws Exception {
        try (var receiver = new Receiver(0, 403, 404, 302);
                var ntfy = Ntfy.open(receiver.url("/t"), FAST)) {
            String name = "ntfy at 127.0.0.1:" + receiver.port();
            assertThat(ntfy.deliver(FAILED)).isEqualTo(new Undelivered(name, "it answered 403: check its token"));
            assertThat(ntfy.deliver(FAILED)).isEqualTo(new Undelivered(name, "it answered 404: check its address"));
            assertThat(ntfy.deliver(FAILED))
                    .isEqualTo(new Undelivered(name, "it answered 302: it redirects; give the final address"));
            assertThat(receiver.got).hasSize(3);
        }
    }

    @Test
    void aReceiverThatHangsIsGivenUpInTime() throws Exception {
        try (var receiver = new Receiver(0, 0);
                var ntfy = Ntfy.open(receiver.url("/t"), FAST)) {
            long begun = System.nanoTime();
            assertThat(ntfy.deliver(FAILED))
                    .isEqualTo(new Undelivered("ntfy at 127.0.0.1:" + receiver.port(), "no answer within 700 ms"));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
            assertThat(receiver.got).hasSize(3);
        }
    }

    @Test
    void anAnswerWhoseBodyNeverEndsIsNotWaitedFor() throws Exception {
        try (var receiver = new Receiver(0, -1);
                var ntfy = Ntfy.open(receiver.url("/t"), FAST)) {
            assertThat(ntfy.deliver(FAILED)).isInstanceOf(Delivered.class);
        }
    }

    @Test
    void whatCannotBeDeliveredIsKeptOverARestartAndDeliveredLater() throws Exception {
        int port = freePort();
        Secret<String> url = Secret.of("http://127.0.0.1:" + port + "/topic-hush");
        try (var ntfy = Ntfy.open(url, FAST)) {
            var alarms = new Alarms(List.of(ntfy), Outbox.in(folder));
            List<Delivery> outcome = alarms.raise(FAILED);
            assertThat(outcome).hasSize(1);
            assertThat(outcome.getFirst())
                    .isEqualTo(
                            new Undelivered("ntfy at 127.0.0.1:" + port, "it could not be reached (ConnectException)"));
            assertThat(alarms.retry()).hasSize(1).first().isInstanceOf(Undelivered.class);
            assertThat(alarms.waiting()).isEqualTo(1);
        }
        Path file = folder.resolve("alerts-undelivered.jsonl");
        assertThat(Files.getPosixFilePermissions(file))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThat(Files.readString(file)).doesNotContain("hush");
        try (var receiver = new Receiver(port, 200);
                var ntfy = Ntfy.open(url, FAST)) {
            var alarms = new Alarms(List.of(ntfy), Outbox.in(folder));
            assertThat(alarms.waiting()).isEqualTo(1);
            assertThat(alarms.retry()).containsExactly(new Delivered("ntfy at 127.0.0.1:" + port));
            assertThat(receiver.got.getFirst().body()).endsWith("at 2026-11-21T03:00:07Z");
            assertThat(alarms.waiting()).isZero();
            assertThat(alarms.retry()).isEmpty();
        }
        assertThat(Outbox.in(folder).size()).isZero();
    }

    @Test
    void oneChannelThatFailsKeepsNoOtherFromItsAlert() throws Exception {
        try (var receiver = new Receiver(0, 200);
                var ntfy = Ntfy.open(receiver.url("/t"), FAST)) {
            Channel broken = new Channel() {
                @Override
                public String name() {
                    return "broken";
                }

                @Override
                public Delivery deliver(Alert alert) {
                    return new Undelivered("broken", "always");
                }
            };
            var alarms = new Alarms(List.of(broken, ntfy), Outbox.in(folder));
            assertThat(alarms.raise(FAILED))
                    .containsExactly(
                            new Undelivered("broken", "always"), new Delivered("ntfy at 127.0.0.1:" + receiver.port()));
            assertThat(alarms.waiting()).isEqualTo(1);
            alarms.retry();
            assertThat(receiver.got).hasSize(1);
        }
    }

    @Test
    void theOutboxIsBoundedKeepsTheNewestAndLeavesOutWhatItCannotRead() throws Exception {
        Outbox outbox = Outbox.in(folder);
        for (int i = 0; i < Outbox.MOST + 5; i++) {
            outbox.add(new Outbox.Entry(
                    "ntfy", new Alert(Level.INFO, "number " + i, "b", "backup", "i", Optional.empty(), FAILED.at())));
        }
        outbox.save();
        Files.writeString(
                folder.resolve("alerts-undelivered.jsonl"), "{\"channel\":\"ntfy\",\"ti", StandardOpenOption.APPEND);
        Outbox again = Outbox.in(folder);
        assertThat(again.size()).isEqualTo(Outbox.MOST);
        var titles = new ArrayList<String>();
        again.waiting("ntfy").values().forEach(entry -> titles.add(entry.alert().title()));
        assertThat(titles.getFirst()).isEqualTo("number 5");
        assertThat(titles.getLast()).isEqualTo("number " + (Outbox.MOST + 4));
        assertThat(again.waiting("other")).isEmpty();
    }

    @Test
    void anOutboxThatCannotBeWrittenIsReportedAndTheAlertStillSent() throws Exception {
        try (var receiver = new Receiver(0, 200);
                var ntfy = Ntfy.open(receiver.url("/t"), FAST)) {
            Outbox outbox = Outbox.in(folder);
            Files.createDirectories(folder.resolve("alerts-undelivered.jsonl.new/in-the-way"));
            List<Delivery> outcome = new Alarms(List.of(ntfy), outbox).raise(FAILED);
            assertThat(outcome.getFirst()).isInstanceOf(Delivered.class);
            assertThat(outcome.getLast())
                    .isInstanceOfSatisfying(
                            Undelivered.class,
                            undelivered -> assertThat(undelivered.reason()).contains("kept in memory only"));
        }
    }

    @Test
    void thePushMonitorGetsStatusMessageAndPing() throws Exception {
        try (var receiver = new Receiver(0, 500, 200);
                var monitor =
                        new PushMonitor(receiver.url("/api/push/hUsH?status=down&msg=OK&ping=&team=a%20b"), FAST)) {
            Delivery delivery = monitor.up("point 20261121T030000Z & sequence 42", Duration.ofMillis(61_250));
            assertThat(delivery).isEqualTo(new Delivered("push monitor at 127.0.0.1:" + receiver.port()));
            Receiver.Got got = receiver.got.getLast();
            assertThat(got.method() + " " + got.path()).isEqualTo("GET /api/push/hUsH");
            assertThat(got.query())
                    .isEqualTo("team=a%20b&status=up&msg=point%2020261121T030000Z%20%26%20sequence%2042&ping=61250");
            monitor.down("backup failed");
            assertThat(receiver.got.getLast().query()).endsWith("status=down&msg=backup%20failed&ping=");
        }
    }

    @Test
    void noAddressIsEverShownBeyondItsHost() throws Exception {
        int port = freePort();
        var ntfy = Ntfy.withToken(Secret.of("http://127.0.0.1:" + port + "/hush?auth=hush"), Secret.of("hush"), FAST);
        var monitor = new PushMonitor(Secret.of("http://127.0.0.1:" + port + "/api/push/hush"), FAST);
        try (ntfy;
                monitor) {
            String seen = ntfy.deliver(FAILED) + " " + monitor.down("x") + " " + ntfy + " " + monitor;
            assertThat(seen).contains("127.0.0.1:" + port).doesNotContain("hush");
        }
        for (String wrong :
                List.of("hush", "ftp://host/hush", "http://user:hush@host/", "http:// hush", "https:///hush")) {
            assertThatThrownBy(() -> Ntfy.open(Secret.of(wrong), FAST).close())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasNoCause()
                    .message()
                    .doesNotContain("hush");
            assertThatThrownBy(() -> new PushMonitor(Secret.of(wrong), FAST).close())
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .doesNotContain("hush");
        }
    }
}
