package dev.foundation.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.artifact.RestoreMark.Found;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RestoreMarkTest {
    private static final RestoreMark MARK =
            new RestoreMark("6a2f41a3-c54c-4ce8-9f2b-9d1f6c1ee0aa", "20261121T030000Z");

    @Test
    void onlyItsOwnMarkIsKnown() throws Exception {
        assertThat(MARK.read(Optional.empty(), "x")).isEqualTo(Found.NOTHING);
        assertThat(MARK.read(Optional.of(MARK.begun()), "x")).isEqualTo(Found.BEGUN);
        assertThat(MARK.read(Optional.of(MARK.finished() + "\n"), "x")).isEqualTo(Found.FINISHED);
        for (String other : new String[] {
            new RestoreMark(MARK.instance(), "20261122T030000Z").begun(),
            new RestoreMark("00000000-c54c-4ce8-9f2b-9d1f6c1ee0aa", MARK.point()).finished(),
            "anything",
            ""
        }) {
            assertThatThrownBy(() -> MARK.read(Optional.of(other), "volume x"))
                    .as(other)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("volume x")
                    .hasMessageContaining("nothing was touched");
        }
        assertThatThrownBy(() -> new RestoreMark("x'; drop", "y")).isInstanceOf(IllegalArgumentException.class);
    }
}
