package dev.foundation.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.store.s3.StandInS3.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Buckets to be backed up, on a server that fails. */
@Timeout(60)
final class S3ReadsTest {
    private static final byte[] CONTENT = new byte[1000];
    private StandInS3 server;
    private S3Reads reads;

    @BeforeEach
    void start() throws IOException {
        server = new StandInS3();
        server.put("forgejo-lfs", CONTENT);
        reads = new S3Reads(server.access(), S3Settings.usual(true).with(Duration.ofMillis(700), 4), tries -> {});
    }

    @AfterEach
    void stop() throws IOException {
        reads.close();
        server.close();
    }

    private byte[] read() throws IOException, InterruptedException {
        try (var in = reads.open("read it", "points", "forgejo-lfs", "", "").stream()) {
            return in.readAllBytes();
        }
    }

    private void withChecksum(byte[] of) {
        var crc = new CRC32();
        crc.update(of);
        byte[] value = {
            (byte) (crc.getValue() >> 24),
            (byte) (crc.getValue() >> 16),
            (byte) (crc.getValue() >> 8),
            (byte) crc.getValue()
        };
        server.script((request, good) -> {
            Reply reply = good.good(request);
            Map<String, String> headers = new TreeMap<>(reply.headers());
            headers.put("x-amz-checksum-crc32", Base64.getEncoder().encodeToString(value));
            return Reply.of(reply.status(), headers, reply.body());
        });
    }

    @Test
    void aServerThatIsBusyAndThenCutsTheAnswerIsReadToTheEnd() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        server.script((request, good) -> switch (asked.incrementAndGet()) {
            case 1 -> Reply.error(503, "ServiceUnavailable");
            case 2 -> good.good(request).cut(300);
            default -> good.good(request);
        });
        assertThat(read()).isEqualTo(CONTENT);
        assertThat(server.requests.getLast().header("range")).isEqualTo("bytes=300-");
    }

    @Test
    void aListingIsTriedAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        server.script((request, good) -> asked.incrementAndGet() < 3
                ? Reply.error(500, "InternalError")
                : Reply.xml("<ListVersionsResult><IsTruncated>false</IsTruncated></ListVersionsResult>"));
        assertThat(reads.versions("points", Optional.empty()).versions()).isEmpty();
        assertThat(asked).hasValue(3);
    }

    @Test
    void bytesAreHeldAgainstTheChecksumThatTheServerKeeps() throws Exception {
        withChecksum(CONTENT);
        assertThat(read()).isEqualTo(CONTENT);
        withChecksum(new byte[] {1});
        assertThatThrownBy(this::read).isInstanceOfSatisfying(StoreException.class, e -> {
            assertThat(e.kind()).isEqualTo(Kind.DAMAGED);
            assertThat(e).hasMessageContaining("read it: it is not what was written there");
        });
    }

    @Test
    void aWaitingReadEndsWhenItsThreadIsInterrupted() throws Exception {
        server.script((request, good) -> {
            try {
                Thread.sleep(20_000);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return good.good(request);
        });
        var slow = new S3Reads(server.access(), S3Settings.usual(true), tries -> {});
        Thread reader = Thread.currentThread();
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(300);
            } catch (InterruptedException e) {
                return;
            }
            reader.interrupt();
        });
        long began = System.nanoTime();
        assertThatThrownBy(() -> slow.open("read it", "points", "x", "", "")).isInstanceOf(InterruptedException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
        slow.close();
    }
}
