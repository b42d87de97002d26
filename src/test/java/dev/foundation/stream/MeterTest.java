package dev.foundation.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class MeterTest {
    @Test
    void tellsBytesAndRateAtMostOncePerIntervalAndTheEndOnce() throws IOException {
        var time = new AtomicLong();
        List<String> seen = new ArrayList<>();
        try (var meter = new Meter(
                new ByteArrayInputStream(new byte[1000]),
                Duration.ofSeconds(1),
                time::get,
                (total, rate, ended) -> seen.add(total + " " + rate + " " + ended))) {
            for (int i = 0; i < 10; i++) {
                time.addAndGet(400_000_000);
                assertThat(meter.read(new byte[100])).isEqualTo(100);
            }
            assertThat(meter.read()).isEqualTo(-1);
            assertThat(meter.read()).isEqualTo(-1);
            assertThat(meter.total()).isEqualTo(1000);
        }
        assertThat(seen).containsExactly("300 250 false", "600 250 false", "900 250 false", "1000 250 true");
    }
}
