package dev.foundation.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foundation.store.StoreException.Kind;
import dev.foundation.stream.Digesting;
import dev.foundation.stream.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link ObjectStore} promises. Every store is held to it. */
@Timeout(120)
public abstract class ObjectStoreContract {
    private static final ObjectKey KEY = new ObjectKey("20261121T030000Z/postgres.sql.gz.age");
    private static final int PART = 8 << 20;
    protected ObjectStore store;

    /** An empty store. */
    protected abstract ObjectStore fresh() throws Exception;

    /** Writes over an object as another client does that holds to no contract. */
    protected abstract void overwrite(ObjectKey key, byte[] bytes) throws Exception;

    @BeforeEach
    public final void open() throws Exception {
        store = fresh();
    }

    @AfterEach
    public final void close() {
        if (store != null) {
            store.close();
        }
    }

    protected static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    protected static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    protected StoredObject put(ObjectKey key, byte[] bytes) throws Exception {
        try (var upload = store.begin(key)) {
            upload.write(bytes, 0, bytes.length);
            return upload.complete();
        }
    }

    protected byte[] get(ObjectKey key) throws Exception {
        try (var in = store.open(key)) {
            return in.readAllBytes();
        }
    }

    protected final List<String> keys(String prefix) throws Exception {
        List<String> keys = new ArrayList<>();
        store.list(prefix, each -> keys.add(each.key().path()));
        return keys;
    }

    protected static void failsAs(Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind));
    }

    @Test
    public void nothingIsVisibleBeforeCompletion() throws Exception {
        put(new ObjectKey("other/object"), text("x"));
        try (var upload = store.begin(KEY)) {
            byte[] bytes = random(PART + 5);
            upload.write(bytes, 0, bytes.length);
            upload.write(bytes, 0, bytes.length);
            assertThat(store.find(KEY)).isEmpty();
            assertThat(store.versions(KEY)).isEmpty();
            assertThat(keys("")).containsExactly("other/object");
            assertThat(store.folders()).containsExactly("other");
            failsAs(Kind.NOT_FOUND, () -> store.open(KEY).close());
        }
        assertThat(store.find(KEY)).isEmpty();
        assertThat(keys("")).containsExactly("other/object");
        assertThat(store.folders()).containsExactly("other");
    }

    @Test
    public void anUploadThatIsClosedQuietlyLeavesTheKeyFree() throws Exception {
        try (var upload = store.begin(KEY)) {
            upload.write(text("half"), 0, 4);
        }
        put(KEY, text("whole"));
        assertThat(get(KEY)).isEqualTo(text("whole"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PART - 1, PART, PART + 1, 20 << 20})
    public void whatWasWrittenIsReadBack(int size) throws Exception {
        byte[] bytes = random(size);
        StoredObject stored;
        try (var upload = store.begin(KEY)) {
            for (int at = 0; at < size; at += 100_001) {
                byte[] piece = new byte[200_000];
                int length = Math.min(100_001, size - at);
                System.arraycopy(bytes, at, piece, 7, length);
                upload.write(piece, 7, length);
                piece[7] ^= 1; // the buffer is ours again
            }
            stored = upload.complete();
        }
        assertThat(stored.key()).isEqualTo(KEY);
        assertThat(stored.size()).isEqualTo(size);
        assertThat(store.find(KEY).map(StoredObject::version)).contains(stored.version());
        for (String version : List.of(stored.version(), "")) {
            try (var in = new Digesting(store.open(KEY, version))) {
                in.transferTo(OutputStream.nullOutputStream());
                assertThat(in.size()).isEqualTo(size);
                assertThat(in.sha256()).isEqualTo(Sha256.of(bytes));
            }
        }
        assertThat(store.versions(KEY)).extracting(StoredObject::size).containsExactly((long) size);
    }

    @Test
    public void aStreamCanBeLeftEarly() throws Exception {
        put(KEY, random(PART));
        try (var in = store.open(KEY)) {
            assertThat(in.readNBytes(10)).hasSize(10);
        }
        assertThat(get(KEY)).hasSize(PART);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, PART + 3})
    public void aTakenKeyIsRefusedAndTheOldBytesStay(int size) throws Exception {
        put(KEY, text("first"));
        failsAs(Kind.EXISTS, () -> put(KEY, random(size)));
        assertThat(get(KEY)).isEqualTo(text("first"));
        assertThat(store.versions(KEY)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, PART + 100})
    public void ofTwoThatRaceForAKeyExactlyOneWins(int size) throws Exception {
        for (int round = 0; round < (size < PART ? 10 : 2); round++) {
            var key = new ObjectKey("race/" + round);
            var start = new CountDownLatch(1);
            var winner = new AtomicInteger(-1);
            var wins = new AtomicInteger();
            var losses = new AtomicInteger();
            var odd = new AtomicReference<Throwable>();
            List<Thread> racers = new ArrayList<>();
            for (int racer = 0; racer < 2; racer++) {
                byte[] bytes = random(size + racer);
                int self = racer;
                racers.add(Thread.startVirtualThread(() -> {
                    try (var upload = store.begin(key)) {
                        upload.write(bytes, 0, bytes.length);
                        start.await();
                        upload.complete();
                        winner.set(self);
                        wins.incrementAndGet();
                    } catch (StoreException e) {
                        if (e.kind() == Kind.EXISTS) {
                            losses.incrementAndGet();
                        } else {
                            odd.set(e);
                        }
                    } catch (InterruptedException | RuntimeException e) {
                        odd.set(e);
                    }
                }));
            }
            start.countDown();
            for (Thread racer : racers) {
                racer.join();
            }
            assertThat(odd.get()).isNull();
            assertThat(wins).hasValue(1);
            assertThat(losses).hasValue(1);
            assertThat(get(key)).isEqualTo(random(size + winner.get()));
            assertThat(store.versions(key)).hasSize(1);
        }
    }

    @Test
    public void aKeyThatIsTakenGetsOneMoreVersionOnlyWhereTheOldOneStays() throws Exception {
        String first = put(KEY, text("first")).version();
        if (!store.traits().versioned()) {
            assertThatThrownBy(() -> store.again(KEY).close())
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.OTHER));
            assertThat(get(KEY)).isEqualTo(text("first"));
            return;
        }
        for (byte[] next : List.of(text("second"), random(12 << 20))) {
            try (Upload upload = store.again(KEY)) {
                upload.write(next, 0, next.length);
                assertThat(upload.complete().size()).isEqualTo(next.length);
            }
            assertThat(get(KEY)).isEqualTo(next);
        }
        assertThat(store.versions(KEY)).hasSize(3);
        assertThat(store.versions(KEY).getFirst().version()).isEqualTo(first);
        try (var in = store.open(KEY, first)) {
            assertThat(in.readAllBytes()).isEqualTo(text("first"));
        }
    }

    @Test
    public void versionsComeOldestFirstAndEachCanBeRead() throws Exception {
        assumeTrue(store.traits().versioned(), "keeps no versions");
        List<String> written = new ArrayList<>();
        written.add(put(KEY, text("v0")).version());
        put(new ObjectKey(KEY + ".sig"), text("a key that begins alike"));
        for (int i = 1; i <= 5; i++) {
            overwrite(KEY, text("v" + i));
        }
        var versions = store.versions(KEY);
        assertThat(versions).hasSize(6);
        assertThat(versions.getFirst().version()).isEqualTo(written.getFirst());
        for (int i = 0; i <= 5; i++) {
            try (var in = store.open(KEY, versions.get(i).version())) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("v" + i);
            }
        }
        assertThat(store.versions(KEY.path()))
                .startsWith(versions.toArray(new StoredObject[0]))
                .hasSize(7);
        assertThat(store.versions(KEY.path()).getLast().key()).isEqualTo(new ObjectKey(KEY + ".sig"));
        assertThat(store.find(KEY).orElseThrow().version())
                .isEqualTo(versions.getLast().version());
        assertThat(get(KEY)).isEqualTo(text("v5"));
        store.delete(KEY);
        assertThat(store.versions(KEY)).isEmpty();
        assertThat(keys("")).containsExactly(KEY + ".sig");
    }

    @Test
    public void listingsAreWholeAndInTheOrderOfKeysOverManyPages() throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 1_050; i++) {
            all.add("blobs/%04x.age".formatted((i * 7919) % 65_536));
        }
        all.addAll(List.of("a-b/x", "a.b/x", "a/b", "a/b.age", "a/b/c", "a0", "z", "Z/y", "blobs-old/x"));
        all.remove("a/b"); // a folder cannot hold both a/b and a/b/c
        var left = new AtomicInteger();
        var odd = new AtomicReference<Throwable>();
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            writers.add(Thread.startVirtualThread(() -> {
                try {
                    for (int i = left.getAndIncrement(); i < all.size(); i = left.getAndIncrement()) {
                        put(new ObjectKey(all.get(i)), text(all.get(i)));
                    }
                } catch (Exception e) {
                    odd.set(e);
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(odd.get()).isNull();
        assertThat(keys("")).containsExactlyElementsOf(all.stream().sorted().toList());
        assertThat(keys("blobs/")).hasSize(1_050).isSorted();
        assertThat(keys("blobs/0")).allMatch(key -> key.startsWith("blobs/0")).isNotEmpty();
        assertThat(keys("a/")).containsExactly("a/b.age", "a/b/c");
        assertThat(keys("nothing")).isEmpty();
        assertThat(store.folders()).containsExactly("Z", "a", "a-b", "a.b", "blobs", "blobs-old");
        store.list("z", each -> assertThat(each.size()).isEqualTo(1));
    }

    @Test
    public void whatIsDeletedIsGoneAndDeletingAgainIsNoError() throws Exception {
        put(KEY, text("x"));
        put(new ObjectKey("20261121T030000Z/MANIFEST.json.age"), text("y"));
        store.delete(KEY);
        store.delete(KEY);
        assertThat(store.find(KEY)).isEmpty();
        assertThat(keys("")).containsExactly("20261121T030000Z/MANIFEST.json.age");
        store.delete(new ObjectKey("20261121T030000Z/MANIFEST.json.age"));
        assertThat(store.folders()).isEmpty();
        put(KEY, text("again"));
        assertThat(get(KEY)).isEqualTo(text("again"));
    }

    @Test
    public void whatIsNotThereIsToldSo() throws Exception {
        var stored = put(new ObjectKey("some/object"), text("x"));
        assertThat(store.find(KEY)).isEmpty();
        assertThat(store.versions(KEY)).isEmpty();
        failsAs(Kind.NOT_FOUND, () -> store.open(KEY).close());
        failsAs(Kind.NOT_FOUND, () -> store.open(KEY, stored.version()).close());
        store.delete(KEY);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, PART * 3})
    public void anInterruptedUploadPublishesNothing(int size) throws Exception {
        put(new ObjectKey("some/object"), text("x"));
        var outcome = new AtomicReference<Throwable>();
        var thread = Thread.ofVirtual().start(() -> {
            try (var upload = store.begin(KEY)) {
                byte[] bytes = random(size);
                upload.write(bytes, 0, bytes.length);
                Thread.currentThread().interrupt();
                upload.complete();
            } catch (InterruptedException | StoreException | RuntimeException e) {
                outcome.set(e);
            }
        });
        thread.join();
        assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
        assertThat(store.find(KEY)).isEmpty();
        assertThat(keys("")).containsExactly("some/object");
        put(KEY, text("later"));
    }

    @Test
    public void aLockHoldsAVersionAndNeverGetsShorter() throws Exception {
        var stored = put(KEY, text("held"));
        var soon = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
        if (!store.traits().locks()) {
            failsAs(Kind.OTHER, () -> store.lock(KEY, stored.version(), soon));
            return;
        }
        assertThat(store.lockedUntil(KEY, stored.version())).isEmpty();
        store.lock(KEY, stored.version(), soon);
        assertThat(store.lockedUntil(KEY, stored.version())).contains(soon);
        store.lock(KEY, stored.version(), soon.plusSeconds(60));
        store.lock(KEY, stored.version(), soon);
        assertThat(store.lockedUntil(KEY, stored.version())).contains(soon.plusSeconds(60));
        failsAs(Kind.DENIED, () -> store.delete(KEY));
        assertThat(get(KEY)).isEqualTo(text("held"));
    }

    @Test
    public void anUploadThatHasEndedTakesNothingMore() throws Exception {
        var upload = store.begin(KEY);
        upload.complete();
        assertThatThrownBy(() -> upload.write(new byte[1], 0, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(upload::complete).isInstanceOf(IllegalStateException.class);
        upload.close();
        assertThat(get(KEY)).isEmpty();
    }

    @Test
    public void manyThreadsUseItAtOnce() throws Exception {
        var odd = new AtomicReference<Throwable>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            var key = new ObjectKey("many/" + i);
            byte[] bytes = random(300_000 + i);
            threads.add(Thread.startVirtualThread(() -> {
                try {
                    put(key, bytes);
                    assertThat(get(key)).isEqualTo(bytes);
                } catch (Exception | AssertionError e) {
                    odd.set(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(odd.get()).isNull();
        assertThat(keys("many/")).hasSize(8);
    }

    @Test
    public void messagesNameTheObject() throws IOException {
        assertThatThrownBy(() -> store.open(KEY).close()).hasMessageContaining(KEY.path());
    }
}
