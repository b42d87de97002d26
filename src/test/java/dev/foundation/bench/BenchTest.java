package dev.foundation.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BenchTest {
    @Test
    void whatARecoveryRestoresIsAskedForBySizes() {
        var options = Bench.parse(List.of("recover", "--database", "32m", "--objects", "64m", "--repositories", "25"));

        assertThat(options.sections()).containsExactly("recover");
        assertThat(options.recovered()).isEqualTo(new RecoverPoint.Size(32 << 20, 64 << 20, 25));
        assertThat(options.recovered().tenth()).isEqualTo(new RecoverPoint.Size((32 << 20) / 10, (64 << 20) / 10, 2));
        assertThat(new RecoverPoint.Size(5, 5, 5).tenth()).isEqualTo(new RecoverPoint.Size(1, 8, 1));
    }

    @Test
    void withoutSizesItIsTheReferenceAsTheLauncherStartsIt() {
        var options = Bench.parse(List.of());

        assertThat(options.sections()).containsExactlyElementsOf(Bench.SECTIONS);
        assertThat(options.recovered()).isEqualTo(new RecoverPoint.Size(1 << 30, 1 << 30, 500));
        assertThat(options.flags()).isEqualTo(RecoverTurns.FLAGS);
        assertThat(Bench.parse(List.of("--flags", "-XX:+UseSerialGC  -Xmx400m")).flags())
                .containsExactly("-XX:+UseSerialGC", "-Xmx400m");
    }

    @Test
    void whatIsUnknownOrNoSizeIsRefused() {
        assertThatThrownBy(() -> Bench.parse(List.of("restore"))).hasMessageContaining("recover");
        assertThatThrownBy(() -> Bench.parse(List.of("recover", "--database", "much")))
                .hasMessageContaining("64m");
    }
}
