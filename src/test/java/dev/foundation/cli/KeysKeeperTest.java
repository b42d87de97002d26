package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

final class KeysKeeperTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aSecretOfAnExportedStateIsUnwrapped() throws Exception {
        var exported = JSON.readTree("""
                {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "plaintext": "[\\"one\\",\\"two\\"]"}
                """);

        assertThat(KeysKeeper.unwrapped(exported)).isEqualTo(JSON.readTree("[\"one\", \"two\"]"));
        assertThat(KeysKeeper.unwrapped(JSON.readTree("[\"one\"]"))).isEqualTo(JSON.readTree("[\"one\"]"));
        assertThat(KeysKeeper.unwrapped(JSON.readTree("{\"plaintext\": \"[broken\"}")))
                .isEmpty();
    }
}
