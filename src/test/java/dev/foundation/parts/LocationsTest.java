package dev.foundation.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.spec.InstanceName;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LocationsTest {
    @Test
    void foldersFollowXdgUnderHome() {
        var locations = Locations.of(Map.of("HOME", "/h", "FOUNDATION_HOME", "/repo"));
        assertThat(locations)
                .isEqualTo(new Locations(
                        Path.of("/repo"),
                        Path.of("/h/.cache/foundation"),
                        Path.of("/h/.local/state/foundation"),
                        Path.of("/h/.config/foundation")));
        var scratch = new InstanceName("scratch");
        assertThat(locations.backendUrl(scratch)).isEqualTo("file:///h/.local/state/foundation/scratch/pulumi");
        assertThat(locations.passphraseFile(scratch)).isEqualTo(Path.of("/h/.config/foundation/scratch.passphrase"));
    }

    @Test
    void ownVariablesWinOverXdgAndRelativeXdgIsIgnored() {
        var locations = Locations.of(Map.of(
                "HOME",
                "/h",
                "FOUNDATION_CACHE",
                "/c",
                "XDG_CACHE_HOME",
                "/x",
                "XDG_STATE_HOME",
                "relative",
                "XDG_CONFIG_HOME",
                "/x"));
        assertThat(locations.cache()).isEqualTo(Path.of("/c"));
        assertThat(locations.state()).isEqualTo(Path.of("/h/.local/state/foundation"));
        assertThat(locations.config()).isEqualTo(Path.of("/x/foundation"));
    }

    @Test
    void withoutHomeTheMessageSaysWhatToSet() {
        assertThatThrownBy(() -> Locations.of(Map.of())).hasMessageContaining("FOUNDATION_CACHE");
    }
}
