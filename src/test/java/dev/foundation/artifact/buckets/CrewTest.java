package dev.foundation.artifact.buckets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** In a thread of its own: what waits for ever here would not be interrupted either. */
@Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
final class CrewTest {
    @Test
    void allThatWasGivenIsDone() throws Exception {
        var done = new AtomicInteger();
        try (var crew = new Crew(2)) {
            for (int i = 0; i < 100; i++) {
                crew.submit(done::incrementAndGet);
            }
            crew.finish();
        }
        assertThat(done).hasValue(100);
    }

    @Test
    void afterAFailureNothingMoreIsTakenAndItEnds() throws Exception {
        var after = new AtomicInteger();
        try (var crew = new Crew(1)) {
            crew.submit(() -> {
                throw new IOException("the blob is damaged");
            });
            for (int i = 0; i < 3; i++) { // each waits for a place, and must give it back
                assertThatThrownBy(() -> crew.submit(after::incrementAndGet)).hasMessage("the blob is damaged");
            }
            assertThatThrownBy(crew::finish).hasMessage("the blob is damaged");
        }
        assertThat(after).hasValue(0);
    }

    @Test
    void aFailureStopsWhatRunsBesideIt() throws Exception {
        var begun = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        try (var crew = new Crew(2)) {
            crew.submit(() -> {
                begun.countDown();
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException e) {
                    stopped.countDown();
                    throw e;
                }
            });
            begun.await();
            crew.submit(() -> {
                throw new IOException("the store went away");
            });
            assertThatThrownBy(crew::finish).hasMessage("the store went away");
        }
        assertThat(stopped.getCount()).isZero();
    }
}
