package dev.foundation.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ScramVerifierTest {
    @Test
    void aVerifierMatchesItsPasswordOnly() {
        var verifier = ScramVerifier.of("correct horse");
        assertThat(verifier).startsWith("SCRAM-SHA-256$4096:").doesNotContain("correct");
        assertThat(ScramVerifier.matches(verifier, "correct horse")).isTrue();
        assertThat(ScramVerifier.matches(verifier, "correct horsf")).isFalse();
        assertThat(ScramVerifier.of("correct horse")).isNotEqualTo(verifier);
    }

    @Test
    void anythingElseMatchesNothing() {
        assertThat(ScramVerifier.matches("md5d41d8cd98f00b204e9800998ecf8427e", "x"))
                .isFalse();
        assertThat(ScramVerifier.matches("SCRAM-SHA-256$4096:***$a:b", "x")).isFalse();
        assertThat(ScramVerifier.matches("", "")).isFalse();
    }
}
