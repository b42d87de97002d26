package dev.foundation.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SecretTest {
    private record Holder(String name, Secret<String> key) {}

    @Test
    void aSecretSaysNothingAboutItself() {
        assertThat(new Holder("vault", Secret.of("hunter2")).toString()).doesNotContain("hunter2");
        assertThat(String.valueOf(UnsealKeys.none().with(List.of("hunter2")))).doesNotContain("hunter2");
    }

    @Test
    void aSecretCannotBeSerialised() {
        assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(Secret.of("hunter2")))
                .isInstanceOf(NotSerializableException.class);
        assertThatThrownBy(() -> new ObjectMapper().writeValueAsString(new Holder("vault", Secret.of("hunter2"))))
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void unsealKeysKeepTheirOlderGenerations() throws Exception {
        UnsealKeys first = UnsealKeys.none().with(List.of("a", "b"));
        UnsealKeys second = first.with(List.of("c", "d"));

        assertThat(second.json()).isEqualTo("{\"1\":[\"a\",\"b\"],\"2\":[\"c\",\"d\"]}");
        assertThat(UnsealKeys.parse(second.json()).current()).containsExactly("c", "d");
        assertThat(second.with(List.of("d", "c"))).isSameAs(second);
        assertThat(second.generationOf(List.of("b", "a"))).isEqualTo(1);
        assertThat(second.generationOf(List.of("a"))).isZero();
        UnsealKeys back = second.with(second.of(1));
        assertThat(back.generations()).containsExactly(1, 2, 3);
        assertThat(back.generationOf(List.of("a", "b"))).isEqualTo(3);
        assertThat(UnsealKeys.parse("{}").isEmpty()).isTrue();
        assertThatThrownBy(() -> UnsealKeys.parse("[\"hunter2\"]")).hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> UnsealKeys.parse("{\"1\":[]}")).hasMessageContaining("vaultUnsealKeys");
    }

    @Test
    void theNameKeyIs32RandomBytes() {
        String key = RandomKeys.blobNameKey(new SecureRandom()).expose();

        assertThat(Base64.getDecoder().decode(key)).hasSize(32);
        assertThat(RandomKeys.blobNameKey(new SecureRandom()).expose()).isNotEqualTo(key);
    }
}
