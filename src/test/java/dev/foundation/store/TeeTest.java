package dev.foundation.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.store.Outcome.Kept;
import dev.foundation.store.Outcome.Lost;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.testing.Faults;
import dev.foundation.testing.Faults.Fault;
import dev.foundation.testing.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class TeeTest {
    private static final ObjectKey KEY = new ObjectKey("20261121T030000Z/postgres.sql.gz.age");
    private static final int SIZE = 20 * Tee.CHUNK_BYTES + 17;
    private final MemoryStore local = new MemoryStore("local");
    private final MemoryStore offSite = new MemoryStore("off-site");
    private final MemoryStore third = new MemoryStore("third");
    private final List<ObjectStore> stores = List.of(local, offSite, third);

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    /** Counts what is read, and throws at {@code end} if that comes before the last byte. */
    private static final class Source extends InputStream {
        private final byte[] bytes = random(SIZE);
        private final AtomicLong read = new AtomicLong();
        private final int end;

        Source(int end) {
            this.end = end;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int at = (int) read.get();
            if (at >= end) {
                if (end < SIZE) {
                    throw new IOException("pg_dump ended with 1");
                }
                return -1;
            }
            int count = Math.min(Math.min(length, 70_001), end - at);
            System.arraycopy(bytes, at, buffer, offset, count);
            read.addAndGet(count);
            return count;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, Tee.CHUNK_BYTES, SIZE})
    void everyStoreGetsEveryByte(int size) throws Exception {
        byte[] bytes = random(size);
        var outcomes = Tee.copy(new ByteArrayInputStream(bytes), KEY, stores);
        assertThat(outcomes.keySet()).containsExactly("local", "off-site", "third");
        assertThat(outcomes.values())
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Kept.class,
                                kept -> assertThat(kept.object().size()).isEqualTo(size)));
        for (var store : List.of(local, offSite, third)) {
            assertThat(store.bytes(KEY)).contains(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"begin", "write", "complete"})
    void oneStoresFailureIsItsOwn(String operation) throws Exception {
        offSite.fail(Faults.on(operation, new Fault.Throw(Kind.FULL)));
        var outcomes = Tee.copy(new Source(SIZE), KEY, stores);
        assertThat(outcomes.get("local")).isInstanceOf(Kept.class);
        assertThat(outcomes.get("third")).isInstanceOf(Kept.class);
        assertThat(outcomes.get("off-site"))
                .isInstanceOfSatisfying(
                        Lost.class, lost -> assertThat(lost.why().kind()).isEqualTo(Kind.FULL));
        assertThat(local.bytes(KEY)).contains(random(SIZE));
        assertThat(offSite.keys()).isEmpty();
    }

    @Test
    void everyCallThatFailsLosesThatStoreAlone() throws Exception {
        int calls = 2 + (SIZE + Tee.CHUNK_BYTES - 1) / Tee.CHUNK_BYTES;
        for (int number = 1; number <= calls; number++) {
            var good = new MemoryStore("good");
            var bad = new MemoryStore("bad");
            bad.fail(Faults.atCall(number, new Fault.Throw(Kind.TRANSIENT)));
            var outcomes = Tee.copy(new Source(SIZE), KEY, List.of(bad, good));
            assertThat(outcomes.get("bad")).as("call %d", number).isInstanceOf(Lost.class);
            assertThat(outcomes.get("good")).as("call %d", number).isInstanceOf(Kept.class);
            assertThat(good.bytes(KEY)).contains(random(SIZE));
            assertThat(bad.keys()).isEmpty();
        }
    }

    @Test
    void anUnforeseenFailureIsALossToo() throws Exception {
        offSite.fail(call -> {
            if (call.number() == 3) {
                throw new IllegalArgumentException("a bug");
            }
            return Faults.NONE;
        });
        var outcomes = Tee.copy(new Source(SIZE), KEY, stores);
        assertThat(outcomes.get("off-site")).isInstanceOf(Lost.class);
        assertThat(outcomes.get("local")).isInstanceOf(Kept.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, SIZE / 2, SIZE - 1})
    void aSourceThatFailsPublishesNothingAnywhere(int end) {
        assertThatThrownBy(() -> Tee.copy(new Source(end), KEY, stores)).hasMessage("pg_dump ended with 1");
        assertThat(local.keys()).isEmpty();
        assertThat(offSite.keys()).isEmpty();
        assertThat(third.keys()).isEmpty();
    }

    @Test
    void readingStopsWhenAllStoresAreLost() throws Exception {
        for (var store : List.of(local, offSite, third)) {
            store.fail(Faults.on("write", new Fault.Throw(Kind.FULL)));
        }
        var source = new Source(SIZE);
        var outcomes = Tee.copy(source, KEY, stores);
        assertThat(outcomes.values()).allMatch(Lost.class::isInstance);
        assertThat(source.read.get()).isLessThan(SIZE);
    }

    @Test
    void aStoreThatHangsHoldsTheOthersBackByTheBuffersAndAnInterruptEndsAll() throws Exception {
        offSite.fail(Faults.from(3, "write", new Fault.Hang()));
        var source = new Source(SIZE);
        var thrown = new AtomicReference<Throwable>();
        var copying = Thread.startVirtualThread(() -> {
            try {
                Tee.copy(source, KEY, stores);
            } catch (Exception e) {
                thrown.set(e);
            }
        });
        long before;
        do {
            before = source.read.get();
            Thread.sleep(200);
        } while (before == 0 || source.read.get() > before);
        // Two chunks written, and at most the pool of them on the way.
        assertThat(before).isBetween(3L * Tee.CHUNK_BYTES, (2L + Tee.CHUNKS) * Tee.CHUNK_BYTES);
        copying.interrupt();
        copying.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(local.keys()).isEmpty();
        assertThat(offSite.keys()).isEmpty();
    }

    @Test
    void storesNeedNamesOfTheirOwn() {
        assertThatThrownBy(() -> Tee.copy(new Source(SIZE), KEY, List.of(local, new MemoryStore("local"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tee.copy(new Source(SIZE), KEY, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
