package dev.foundation.parts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.event.PartEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BuildProgressTest {
    private static List<PartEvent> read(String... lines) {
        List<PartEvent> events = new ArrayList<>();
        var progress = new BuildProgress("part 1", events::add);
        for (String line : lines) {
            progress.accept(line);
        }
        return events;
    }

    @Test
    void cargoTellsAFraction() {
        assertThat(read("   \u001b[1m\u001b[36mBuilding\u001b[0m [=====>       ] 400/800: rustfs, serde"))
                .containsExactly(new PartEvent.Advanced("part 1", "400 of 800 crates", Optional.of(0.5)));
    }

    @Test
    void compiledCratesAndPackagesAreCounted() {
        assertThat(read("   Compiling serde v1.0.2", "   Compiling rustfs v1.0.1 (/x)"))
                .last()
                .isEqualTo(new PartEvent.Advanced("part 1", "crate 2, rustfs", Optional.empty()));
        assertThat(read("github.com/hashicorp/vault/sdk/v2", "internal/abi", "go: downloading example.com/x v1.2.3"))
                .containsExactly(
                        new PartEvent.Advanced(
                                "part 1", "package 1, github.com/hashicorp/vault/sdk/v2", Optional.empty()),
                        new PartEvent.Advanced("part 1", "package 2, internal/abi", Optional.empty()),
                        new PartEvent.Advanced("part 1", "fetching example.com/x", Optional.empty()));
    }

    @Test
    void dockersStepsAreAFractionAndOtherLinesAreNone() {
        assertThat(read("Step 3/8 : COPY a b", " ---> 0a1b2c", "some words of output"))
                .containsExactly(new PartEvent.Advanced("part 1", "COPY a b", Optional.of(0.25)));
    }
}
