package dev.foundation.artifact.pulumistate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.process.Command;
import dev.foundation.process.Processes;
import dev.foundation.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real command line writes the state and takes it back. */
@Timeout(300)
final class PulumiStateIT {
    private static final String URN = "urn:pulumi:foundation::foundation::pulumi:pulumi:Stack::foundation-foundation";

    @TempDir
    Path folder;

    private String pulumi(Path state, Map<String, String> more, String... args) throws Exception {
        var command = new ArrayList<>(List.of(Tools.need("pulumi").toString()));
        command.addAll(Arrays.asList(args));
        var environment = new HashMap<>(Map.of(
                "PULUMI_CONFIG_PASSPHRASE",
                "a passphrase of the test",
                "PULUMI_HOME",
                folder.resolve("home").toString(),
                "PULUMI_BACKEND_URL",
                "file://" + state,
                "PULUMI_SKIP_UPDATE_CHECK",
                "true"));
        environment.putAll(more);
        var done = Processes.run(Command.of(command)
                .in(folder.resolve("project"))
                .withEnvironment(environment)
                .within(Duration.ofMinutes(1)));
        assertThat(done.exit()).as(done.errors()).isZero();
        return done.text();
    }

    @Test
    void whatIsTakenIsWhatTheCommandLineExportsAndImports() throws Exception {
        Path state = Files.createDirectories(folder.resolve("state"));
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.createDirectories(folder.resolve("project"));
        Files.writeString(folder.resolve("project/Pulumi.yaml"), "name: foundation\nruntime: yaml\n");
        pulumi(state, Map.of(), "stack", "init", "foundation");
        var json = new JsonMapper();
        var export = (ObjectNode) json.readTree(pulumi(state, Map.of(), "stack", "export"));
        var deployment = (ObjectNode) export.path("deployment");
        deployment
                .putArray("resources")
                .addObject()
                .put("urn", URN)
                .put("custom", false)
                .put("type", "pulumi:pulumi:Stack");
        Path file = folder.resolve("export.json");
        json.writeValue(file.toFile(), export);
        pulumi(state, Map.of(), "stack", "import", "--file", file.toString());

        var settled = new PulumiState(state, "foundation", "foundation");
        byte[] taken = settled.content().readAllBytes();
        assertThat(json.readTree(taken)).isEqualTo(json.readTree(pulumi(state, Map.of(), "stack", "export")));
        assertThat(settled.facts().path("resources").asInt()).isEqualTo(1);

        // The engine dies in the middle of an update: the state before it is what counts. (An import would settle
        // this.)
        pulumi(state, Map.of(), "stack", "import", "--file", file.toString());
        Path present = state.resolve(".pulumi/stacks/foundation/foundation.json");
        var checkpoint = (ObjectNode) json.readTree(present.toFile());
        var pending = ((ObjectNode) checkpoint.at("/checkpoint/latest"))
                .putArray("pending_operations")
                .addObject();
        pending.put("type", "creating")
                .putObject("resource")
                .put("urn", URN.replace("pulumi:pulumi:Stack::foundation-foundation", "a:b:C::x"))
                .put("custom", true)
                .put("type", "a:b:C");
        json.writeValue(present.toFile(), checkpoint);
        assertThat(pulumi(state, Map.of(), "stack", "export")).contains("pending_operations");
        var older = new PulumiState(state, "foundation", "foundation");
        assertThat(json.readTree(older.content().readAllBytes())).isEqualTo(json.readTree(taken));
        assertThat(older.facts().path("pendingOperations").asInt()).isEqualTo(1);
        assertThat(older.facts().path("source").asText()).endsWith(".bak");

        pulumi(state, Map.of("PULUMI_DIY_BACKEND_GZIP", "true"), "stack", "import", "--file", file.toString());
        assertThat(Files.exists(present)).isFalse();
        var compressed = new PulumiState(state, "foundation", "foundation");
        assertThat(json.readTree(compressed.content().readAllBytes())).isEqualTo(json.readTree(taken));

        pulumi(other, Map.of(), "stack", "init", "foundation");
        Files.write(file, taken);
        pulumi(other, Map.of(), "stack", "import", "--file", file.toString());
        assertThat(pulumi(other, Map.of(), "stack", "export")).contains(URN);
    }
}
