package dev.foundation.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class OrderedTest {
    private static final int BLOCK = 1000;
    private final AtomicInteger open = new AtomicInteger();

    /** Copies, and takes longest for the first of every four blocks. */
    private final class Copy implements Transform {
        private final long failing;

        Copy(long failing) {
            this.failing = failing;
            open.incrementAndGet();
        }

        @Override
        public void apply(Block block) throws IOException {
            LockSupport.parkNanos(block.index() % 4 == 0 ? 2_000_000 : 10_000);
            if (block.index() == failing) {
                block.put(new byte[] {42});
                throw new IOException("block " + failing + " is bad");
            }
            block.put(Arrays.copyOf(block.input(), block.length()));
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }

    private Ordered copy(InputStream source, int workers, long failing) {
        return new Ordered(source, "OrderedTest", new byte[0], BLOCK, workers, () -> new Copy(failing));
    }

    @AfterEach
    void noThreadAndNoTransformIsLeft() throws InterruptedException {
        for (int i = 0; i < 200 && (!ours().isEmpty() || open.get() > 0); i++) {
            Thread.sleep(10);
        }
        assertThat(ours()).isEmpty();
        assertThat(open).hasValue(0);
    }

    private static List<Thread> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().startsWith("OrderedTest "))
                .toList();
    }

    @Test
    void yieldsInTheOrderOfTheSourceWithAnyNumberOfWorkers() throws IOException {
        for (int size : new int[] {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 50 * BLOCK + 7}) {
            byte[] bytes = Samples.bytes(size);
            for (int workers : new int[] {1, 2, 5}) {
                try (Ordered stream = copy(new ByteArrayInputStream(bytes), workers, -1)) {
                    assertThat(stream.readAllBytes()).isEqualTo(bytes);
                    assertThat(stream.read()).isEqualTo(-1);
                }
            }
        }
    }

    @Test
    void everyStreamHasOneLastBlockAndOnlyTheEmptyStreamAnEmptyBlock() throws IOException {
        for (int size : new int[] {0, 1, BLOCK, 3 * BLOCK}) {
            Transform describe = block -> block.put((block.index() + ":" + block.length() + (block.last() ? "! " : " "))
                    .getBytes(StandardCharsets.US_ASCII));
            try (Ordered stream = new Ordered(
                    new ByteArrayInputStream(new byte[size]),
                    "OrderedTest",
                    new byte[] {'>'},
                    BLOCK,
                    2,
                    () -> describe)) {
                assertThat(new String(stream.readAllBytes(), StandardCharsets.US_ASCII))
                        .isEqualTo(
                                switch (size) {
                                    case 0 -> ">0:0! ";
                                    case 1 -> ">0:1! ";
                                    case BLOCK -> ">0:1000! ";
                                    default -> ">0:1000 1:1000 2:1000! ";
                                });
            }
        }
    }

    @Test
    void theFirstFailureInOrderIsThrownWhereItStandsAndAgain() throws IOException {
        byte[] bytes = Samples.bytes(20 * BLOCK);
        try (Ordered stream = copy(new ByteArrayInputStream(bytes), 3, 8)) {
            var read = new ByteArrayOutputStream();
            assertThatThrownBy(() -> stream.transferTo(read)).hasMessage("block 8 is bad");
            byte[] before = Arrays.copyOf(bytes, 8 * BLOCK + 1);
            before[8 * BLOCK] = 42;
            assertThat(read.toByteArray()).isEqualTo(before);
            assertThatThrownBy(stream::read).hasMessage("block 8 is bad");
        }
    }

    @Test
    void aSourceThatFailsAtAnyByteNeverEndsNormally() {
        for (int size : new int[] {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 5 * BLOCK}) {
            var failure = new IOException("the source broke");
            var read = new ByteArrayOutputStream();
            assertThatThrownBy(() -> {
                        try (Ordered stream = copy(Samples.failingAfter(Samples.bytes(size), failure), 2, -1)) {
                            stream.transferTo(read);
                        }
                    })
                    .isSameAs(failure);
            assertThat(read.size()).isLessThanOrEqualTo(size);
        }
    }

    @Test
    void aTransformThatCannotBeMadeFailsTheStream() {
        for (int size : new int[] {10, 10 * BLOCK}) {
            assertThatThrownBy(() -> {
                        try (Ordered stream = new Ordered(
                                new ByteArrayInputStream(new byte[size]), "OrderedTest", new byte[0], BLOCK, 2, () -> {
                                    throw new IllegalStateException("no transform today");
                                })) {
                            stream.readAllBytes();
                        }
                    })
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no transform today");
        }
    }

    @Test
    void aSlowReaderStopsTheSource() throws Exception {
        var given = new AtomicLong();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                given.incrementAndGet();
                return 7;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                given.addAndGet(length);
                return length;
            }
        };
        try (Ordered stream = copy(endless, 2, -1)) {
            assertThat(stream.read()).isNotNegative();
            Thread.sleep(200);
            // workers + 2 blocks, and the byte that tells whether there is another
            assertThat(given.get()).isLessThanOrEqualTo(4 * BLOCK + 1);
        }
    }

    /** Blocks until it is closed, as a pipe does: an interrupt does not end it. */
    private static final class Silent extends InputStream {
        final CountDownLatch reading = new CountDownLatch(1);
        final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public int read() throws IOException {
            reading.countDown();
            while (true) {
                try {
                    closed.await();
                    throw new IOException("closed under its reader");
                } catch (InterruptedException e) {
                    // as a pipe
                }
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return read();
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    void closingEndsAReadThatWaitsForASilentSource() throws Exception {
        var silent = new Silent();
        Ordered stream = copy(silent, 2, -1);
        var seen = new AtomicReference<Throwable>();
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                stream.read();
            } catch (IOException e) {
                seen.set(e);
            }
        });
        assertThat(silent.reading.await(10, TimeUnit.SECONDS)).isTrue();
        long begun = System.nanoTime();
        stream.close();
        reader.join();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        assertThat(seen.get()).isInstanceOf(IOException.class);
        assertThatThrownBy(stream::read).isInstanceOf(IOException.class);
    }

    @Test
    void anInterruptedReaderClosesTheStreamAndKeepsItsInterrupt() throws Exception {
        var silent = new Silent();
        // Two streams, one upon the other, as they stand in a backup.
        Ordered stream = copy(copy(silent, 2, -1), 2, -1);
        var seen = new AtomicReference<Throwable>();
        var flag = new AtomicReference<Boolean>();
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                stream.read();
            } catch (IOException e) {
                seen.set(e);
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        assertThat(silent.reading.await(10, TimeUnit.SECONDS)).isTrue();
        reader.interrupt();
        reader.join(Duration.ofSeconds(10));
        assertThat(seen.get()).isInstanceOf(InterruptedIOException.class);
        assertThat(flag.get()).isTrue();
        assertThat(silent.closed.getCount()).isZero();
    }

    @Test
    void whatWasNeverReadStartsNothing() throws IOException {
        copy(new ByteArrayInputStream(new byte[10]), 2, -1).close();
        assertThat(ours()).isEmpty();
    }
}
