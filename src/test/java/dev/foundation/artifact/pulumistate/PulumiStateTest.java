package dev.foundation.artifact.pulumistate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PulumiStateTest {
    private static final String URN = "urn:pulumi:foundation::foundation::pulumi:pulumi:Stack::foundation-foundation";

    @TempDir
    Path folder;

    private static String checkpoint(String more, String outputs) {
        return """
                {"version":3,"checkpoint":{"stack":"organization/foundation/foundation","latest":{
                "manifest":{"time":"2026-11-21T16:14:44Z","magic":"x","version":"v3.230.0"},
                "secrets_providers":{"type":"passphrase","state":{"salt":"v1:abc:v1:def"}},
                "resources":[{"urn":"%s","custom":false,"type":"pulumi:pulumi:Stack","outputs":{%s}}]%s}}}
                """.formatted(URN, outputs, more);
    }

    private static final String PENDING = ",\"pending_operations\":[{\"type\":\"creating\",\"resource\":{}}]";

    private void put(String path, String content) throws IOException {
        Path file = folder.resolve(".pulumi").resolve(path);
        Files.createDirectories(file.getParent());
        try (OutputStream out = path.endsWith(".gz")
                ? new GZIPOutputStream(Files.newOutputStream(file))
                : Files.newOutputStream(file)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
    }

    private PulumiState state() {
        return new PulumiState(folder, "foundation", "foundation");
    }

    @Test
    void theCheckpointBecomesAStackExport() throws IOException {
        put("stacks/foundation/foundation.json", checkpoint("", ""));
        put("stacks/foundation/foundation.json.bak", checkpoint(PENDING, ""));
        put("stacks/foundation/other.json", "no json");
        var state = state();
        assertThatThrownBy(state::facts).isInstanceOf(IllegalStateException.class);
        byte[] export = state.content().readAllBytes();
        assertThat(StackExport.read(new ByteArrayInputStream(export)).resources())
                .isEqualTo(1);
        assertThat(new String(export, StandardCharsets.UTF_8).replaceAll("\\s", ""))
                .startsWith("{\"version\":3,\"deployment\":{\"manifest\":{");
        assertThat(state.facts().toString())
                .isEqualTo("{\"resources\":1,\"time\":\"2026-11-21T16:14:44Z\",\"pulumi\":\"v3.230.0\","
                        + "\"source\":\"stacks/foundation/foundation.json\",\"pendingOperations\":0}");
        for (int length = 0; length < export.length; length += 13) {
            byte[] cut = Arrays.copyOf(export, length);
            assertThatThrownBy(() -> StackExport.read(new ByteArrayInputStream(cut)))
                    .as("cut to %d", length)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void pendingOperationsLeadToTheNewestOlderCheckpointWithoutThem() throws IOException {
        put("stacks/foundation/foundation.json.gz", checkpoint(PENDING, ""));
        put("backups/foundation/foundation/foundation.1795277881952200026.json.gz", checkpoint("", ""));
        put("backups/foundation/foundation/foundation.1795277881952200025.json", checkpoint("", ""));
        put("backups/foundation/foundation/foundation.1795277881952200027.json", checkpoint(PENDING, ""));
        var state = state();
        state.content().readAllBytes();
        assertThat(state.facts().path("pendingOperations").asInt()).isEqualTo(1);
        assertThat(state.facts().path("source").asText())
                .isEqualTo("backups/foundation/foundation/foundation.1795277881952200026.json.gz");
    }

    @Test
    void withoutAnySettledCheckpointItSaysWhatToDo() throws IOException {
        assertThatThrownBy(() -> state().content()).hasMessageContaining("is the folder of the backend mounted?");
        put("stacks/foundation/foundation.json", checkpoint(PENDING, ""));
        assertThatThrownBy(() -> state().content()).hasMessageContaining("`./foundation up`");
        put("stacks/foundation/foundation.json", checkpoint("", "").substring(0, 200));
        assertThatThrownBy(() -> state().content()).hasMessageContaining("cut or damaged");
    }

    @Test
    void aSecretInClearOrAnotherProviderIsRefused() throws IOException {
        String mark = "\"x\":{\"4dabf18193072939515e22adb298388d\":\"1b47061264138c4ac30d75fd1eb44270\",";
        put("stacks/foundation/foundation.json", checkpoint("", mark + "\"ciphertext\":\"v1:a\"}"));
        state().content();
        put("stacks/foundation/foundation.json", checkpoint("", mark + "\"plaintext\":\"hunter2\"}"));
        assertThatThrownBy(() -> state().content())
                .hasMessageContaining("is in clear")
                .hasMessageNotContaining("hunter2");
        put("stacks/foundation/foundation.json", checkpoint("", "").replace("\"passphrase\"", "\"cloud\""));
        assertThatThrownBy(() -> state().content()).hasMessageContaining("not under a passphrase");
    }
}
