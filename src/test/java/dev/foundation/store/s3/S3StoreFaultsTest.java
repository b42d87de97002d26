package dev.foundation.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.objectstore.S3Access;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.store.StoredObject;
import dev.foundation.store.s3.StandInS3.Cut;
import dev.foundation.store.s3.StandInS3.Reply;
import dev.foundation.store.s3.StandInS3.Request;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the store makes of a server that fails in every way a server or the way to it can. */
@Timeout(60)
final class S3StoreFaultsTest {
    private static final ObjectKey KEY = new ObjectKey("20261121T030000Z/vault-raft.snap.age");
    private static final int PART = 1_000;
    private static final int TRIES = 4;
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private StandInS3 server;
    private S3Store store;

    @BeforeEach
    void start() throws IOException {
        server = new StandInS3();
        store = store(server.access(), Duration.ofMillis(700));
    }

    private S3Store store(S3Access access, Duration timeout) {
        var settings = S3Settings.usual(true).with(PART, 3).with(timeout, TRIES);
        return new S3Store("off-site", access, "points", settings, pauses::add);
    }

    @AfterEach
    void stop() throws IOException {
        store.close();
        server.close();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private StoredObject put(byte[] bytes) throws StoreException, InterruptedException {
        try (var upload = store.begin(KEY)) {
            upload.write(bytes, 0, bytes.length);
            return upload.complete();
        }
    }

    private byte[] get() throws IOException, InterruptedException {
        try (var in = store.open(KEY)) {
            return in.readAllBytes();
        }
    }

    /** The first {@code times} requests of this sort get this answer; the rest are answered well. */
    private void spoil(Predicate<Request> which, int times, StandInS3.Script answer) {
        var left = new AtomicInteger(times);
        server.script((request, good) ->
                which.test(request) && left.getAndDecrement() > 0 ? answer.answer(request, good) : good.good(request));
    }

    private static StandInS3.Script error(int status, String code) {
        return (request, good) -> Reply.error(status, code);
    }

    private static StoreException failure(Kind kind, ThrowingCallable work) {
        var caught = new AtomicReference<StoreException>();
        assertThatThrownBy(work).isInstanceOfSatisfying(StoreException.class, caught::set);
        assertThat(caught.get().kind()).as(caught.get().getMessage()).isEqualTo(kind);
        assertThat(caught.get())
                .hasMessageContaining("bucket points of off-site")
                .hasMessageNotContaining("a-secret-never-shown");
        return caught.get();
    }

    @ParameterizedTest
    @CsvSource({"500,InternalError", "503,ServiceUnavailable", "503,SlowDown", "429,TooManyRequests", "400,BadDigest"})
    void whatPassesIsTriedAgainAfterLongerAndLongerPauses(int status, String code) throws Exception {
        spoil(request -> request.is("PUT"), TRIES - 1, error(status, code));
        assertThat(put(random(10)).size()).isEqualTo(10);
        assertThat(server.get(KEY.path())).isEqualTo(random(10));
        assertThat(pauses).hasSize(TRIES - 1).isSorted();
    }

    @Test
    void anInternalErrorThatStaysSaysThatTheDiskMayBeFull() {
        spoil(request -> request.is("PUT"), 99, error(500, "InternalError"));
        assertThat(failure(Kind.TRANSIENT, () -> put(random(10))))
                .hasMessageContaining(KEY.path())
                .hasMessageContaining("disk there may be full");
        assertThat(server.count("PUT")).isEqualTo(TRIES);
        assertThat(server.get(KEY.path())).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "507,InsufficientStorage,FULL",
        "400,XMinioStorageFull,FULL",
        "403,AccessDenied,DENIED",
        "404,NoSuchBucket,NOT_FOUND",
        "501,NotImplemented,OTHER",
        "400,InvalidRequest,OTHER"
    })
    void whatDoesNotPassIsNotTriedAgain(int status, String code, Kind kind) {
        spoil(request -> request.is("PUT"), 99, error(status, code));
        failure(kind, () -> put(random(10)));
        assertThat(server.count("PUT")).isEqualTo(1);
        assertThat(pauses).isEmpty();
    }

    @Test
    void slowDownThatStaysOnReadingIsDamageIfTheObjectIsStillListed() {
        server.put(KEY.path(), random(500));
        spoil(request -> request.is("GET"), 99, error(503, "SlowDownRead"));
        assertThat(failure(Kind.DAMAGED, this::get)).hasMessageContaining("damaged there");
        server.script((request, good) -> Reply.error(503, "SlowDown"));
        failure(Kind.TRANSIENT, this::get);
    }

    @Test
    void slowDownThatPassesIsNoDamage() throws Exception {
        server.put(KEY.path(), random(500));
        spoil(request -> request.is("GET"), TRIES - 1, error(503, "SlowDown"));
        assertThat(get()).isEqualTo(random(500));
    }

    @Test
    void aConnectionCutWhileWritingIsTriedAgain() throws Exception {
        spoil(request -> request.is("PUT"), 2, (request, good) -> {
            request.body().readNBytes(300);
            throw new Cut();
        });
        assertThat(put(random(900)).size()).isEqualTo(900);
        assertThat(server.get(KEY.path())).isEqualTo(random(900));
    }

    @Test
    void aWriteWhoseAnswerWasLostIsKnownByItsMark() throws Exception {
        spoil(request -> request.is("PUT"), 1, (request, good) -> {
            good.good(request);
            throw new Cut();
        });
        assertThat(put(random(900)).size()).isEqualTo(900);
        assertThat(server.count("PUT")).isEqualTo(1);
    }

    @Test
    void aLostAnswerIsNoSuccessIfAnotherHasTheKey() {
        spoil(request -> request.is("PUT"), 1, (request, good) -> {
            good.put(KEY.path(), random(900));
            throw new Cut();
        });
        failure(Kind.EXISTS, () -> put(random(900)));
    }

    @Test
    void aCompletionWhoseAnswerWasLostIsKnownByItsMark() throws Exception {
        byte[] bytes = random(5 * PART + 1);
        spoil(request -> request.is("POST") && request.query().startsWith("uploadId"), 1, (request, good) -> {
            good.good(request);
            throw new Cut();
        });
        assertThat(put(bytes).size()).isEqualTo(bytes.length);
        assertThat(server.get(KEY.path())).isEqualTo(bytes);
    }

    @Test
    void aPartThatFailsForAWhileIsSentAgain() throws Exception {
        byte[] bytes = random(7 * PART + 13);
        spoil(Request::part, TRIES - 1, (request, good) -> {
            request.body().readNBytes(10);
            throw new Cut();
        });
        assertThat(put(bytes).size()).isEqualTo(bytes.length);
        assertThat(server.get(KEY.path())).isEqualTo(bytes);
        assertThat(server.requests.stream().filter(Request::part))
                .allMatch(part -> !part.header("x-amz-checksum-sha256").isEmpty());
    }

    @Test
    void aPartThatFailsForGoodEndsTheUploadAndRemovesItsParts() {
        spoil(request -> request.part() && request.query().contains("partNumber=2"), 99, error(500, "InternalError"));
        assertThat(failure(Kind.TRANSIENT, () -> put(random(50 * PART))))
                .hasMessageContaining("disk there may be full");
        assertThat(server.get(KEY.path())).isNull();
        assertThat(server.count("DELETE")).isEqualTo(1);
        assertThat(server.requests)
                .noneMatch(each -> each.is("POST") && each.query().startsWith("uploadId"));
    }

    @Test
    void noMoreThanThreePartsAreOnTheirWay() throws Exception {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        server.script((request, good) -> {
            if (!request.part()) {
                return good.good(request);
            }
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new Cut();
            }
            now.decrementAndGet();
            return good.good(request);
        });
        put(random(12 * PART));
        assertThat(most).hasValue(3);
    }

    @Test
    void aTakenKeyShowsBeforeALargeObjectIsSent() {
        server.put(KEY.path(), random(3));
        failure(Kind.EXISTS, () -> put(random(50 * PART)));
        assertThat(server.requests).noneMatch(Request::part);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2_500, 4_999})
    void aReadThatBreaksGoesOnWhereItBroke(int at) throws Exception {
        server.put(KEY.path(), random(5_000));
        spoil(
                request -> request.is("GET"),
                1,
                (request, good) -> good.good(request).cut(at));
        assertThat(get()).isEqualTo(random(5_000));
        var last = server.requests.getLast();
        assertThat(last.header("range")).isEqualTo("bytes=" + at + "-");
        assertThat(last.header("if-match")).isEqualTo("\"e\"");
    }

    @Test
    void aReadThatBreaksAgainAndAgainEndsAsLongAsItGetsOn() throws Exception {
        server.put(KEY.path(), random(5_000));
        server.script((request, good) -> {
            var reply = good.good(request);
            return request.is("GET") ? reply.cut(Math.min(700, reply.body().length)) : reply;
        });
        assertThat(get()).isEqualTo(random(5_000));
    }

    @Test
    void anObjectThatEndsEarlyEachTimeIsDamagedAndNoShortCleanEnd() {
        server.put(KEY.path(), random(5_000));
        server.script((request, good) -> {
            var reply = good.good(request);
            int left = reply.body().length - 1_000;
            return request.is("GET") ? reply.cut(left) : reply;
        });
        assertThat(failure(Kind.DAMAGED, this::get)).hasMessageContaining("byte 4000 of 5000");
    }

    @Test
    void anObjectReplacedWhileItIsReadIsNotMixed() {
        server.put(KEY.path(), random(5_000));
        server.script((request, good) -> request.header("range").isEmpty()
                ? good.good(request).cut(100)
                : Reply.error(412, "PreconditionFailed"));
        assertThat(failure(Kind.DAMAGED, this::get)).hasMessageContaining("replaced");
    }

    @Test
    void aServerWithoutRangesIsNotBelieved() {
        server.put(KEY.path(), random(5_000));
        server.script((request, good) -> request.header("range").isEmpty()
                ? good.good(request).cut(100)
                : Reply.of(200, Map.of("ETag", "\"e\""), random(5_000)));
        failure(Kind.OTHER, this::get);
    }

    @Test
    void aSlowAnswerIsGivenUpAndAskedForAgain() throws Exception {
        server.put(KEY.path(), random(5_000));
        spoil(
                request -> request.is("GET"),
                1,
                (request, good) -> good.good(request).late(Duration.ofSeconds(3)));
        assertThat(get()).isEqualTo(random(5_000));
        spoil(
                request -> request.is("GET"),
                1,
                (request, good) -> good.good(request).stuck(Duration.ofSeconds(3)));
        assertThat(get()).isEqualTo(random(5_000));
        server.script((request, good) -> good.good(request).late(Duration.ofSeconds(3)));
        failure(Kind.TRANSIENT, this::get);
    }

    @Test
    void anInterruptEndsWaitingForTheServerAndRemovesWhatWasSent() throws Exception {
        try (var patient = store(server.access(), Duration.ofMinutes(5))) {
            spoil(Request::part, 99, (request, good) -> good.good(request).late(Duration.ofMinutes(5)));
            var thrown = new AtomicReference<Throwable>();
            var thread = Thread.ofPlatform().start(() -> {
                try (var upload = patient.begin(KEY)) {
                    upload.write(random(50 * PART), 0, 50 * PART);
                } catch (StoreException | InterruptedException e) {
                    thrown.set(e);
                }
            });
            while (server.requests.stream().noneMatch(Request::part)) {
                Thread.sleep(10);
            }
            thread.interrupt();
            assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
            assertThat(server.count("DELETE")).isEqualTo(1);
            assertThat(server.get(KEY.path())).isNull();
        }
    }

    @Test
    void whatIsThereAfterwardsIsHeldAgainstWhatWasSent() {
        server.script((request, good) -> {
            var reply = good.good(request);
            return request.is("HEAD") && reply.status() == 200
                    ? Reply.of(200, reply.headers(), random(reply.body().length - 1))
                    : reply;
        });
        assertThat(failure(Kind.DAMAGED, () -> put(random(100)))).hasMessageContaining("99 are there");
    }

    @Test
    void aChecksumThatTheServerTellsIsCompared() {
        server.script((request, good) -> {
            var reply = good.good(request);
            if (!request.is("HEAD") || reply.status() != 200) {
                return reply;
            }
            var headers = new java.util.TreeMap<>(reply.headers());
            headers.put("x-amz-checksum-sha256", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
            return Reply.of(200, headers, reply.body());
        });
        assertThat(failure(Kind.DAMAGED, () -> put(random(100)))).hasMessageContaining("SHA-256");
    }

    @Test
    void aListingThatFailsOnALaterPageIsNoShortList() {
        server.script(
                (request, good) -> request.query().contains("continuation-token")
                        ? Reply.error(500, "InternalError")
                        : Reply.xml(
                                "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>t"
                                        + "</NextContinuationToken><Contents><Key>a/b</Key><Size>1</Size></Contents></ListBucketResult>"));
        failure(Kind.TRANSIENT, () -> store.list("", each -> {}));
        server.script(
                (request, good) -> Reply.xml("<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>"));
        failure(Kind.OTHER, () -> store.list("", each -> {}));
        failure(Kind.OTHER, store::folders);
    }

    @Test
    void aServerThatIsNotThereMayComeBack() {
        try (var absent = store(
                new S3Access(URI.create("http://127.0.0.1:1"), "us-east-1", "key", "secret"), Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> absent.find(KEY))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT));
        }
        assertThat(pauses).hasSize(TRIES - 1);
    }
}
