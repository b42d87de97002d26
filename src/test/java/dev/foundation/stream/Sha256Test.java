package dev.foundation.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Sha256Test {
    private static final String ZEROS = "0".repeat(62);

    @ParameterizedTest
    @ValueSource(strings = {"09", "af"})
    void smallHexadecimalDigitsAreADigest(String end) {
        assertThat(new Sha256(ZEROS + end)).hasToString(ZEROS + end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "000", "0A", "0g", "0/", "0:", "0`", "0\u0661", " 0", "0\n"})
    void nothingElseIs(String end) {
        assertThatThrownBy(() -> new Sha256(ZEROS + end))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 small hexadecimal digits");
    }
}
