package dev.foundation.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foundation.Main;
import dev.foundation.artifact.pulumistate.PulumiState;
import dev.foundation.objectstore.S3Engine;
import dev.foundation.pulumi.Pulumi;
import dev.foundation.pulumi.PulumiException;
import dev.foundation.pulumi.PulumiSetting;
import dev.foundation.pulumi.StackResource;
import dev.foundation.secret.PassphraseSource;
import dev.foundation.secret.Secret;
import dev.foundation.testing.PulumiProject;
import dev.foundation.testing.S3Server;
import dev.foundation.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A state's whole way to a fresh machine and back to its name, under the real Pulumi CLI, engine and provider. */
@Timeout(600)
final class RecoverStateIT {
    private @TempDir Path folder;
    private Path project;

    @Test
    void aRewrittenStateImportsWithoutForceAndOnlyWhatWasLostIsMadeAnew() throws Exception {
        project = folder.resolve("project");
        PulumiProject.create(project, LostProgram.class, "foundation", Main.class, "provider");
        Files.writeString(
                project.resolve("Pulumi.yaml"),
                Files.readString(project.resolve("Pulumi.yaml")).replace("name: trial", "name: foundation"));
        try (S3Server server = S3Server.start(S3Engine.VERSITYGW, folder.resolve("s3"))) {
            Pulumi lost = pulumi("state", Pulumi.STACK);
            lost.initStack();
            lost.set("endpoint", server.root().endpoint().toString());
            lost.set("access", server.root().accessKey());
            lost.setSecret("secret", Secret.of(server.root().secretKey()));
            lost.up(false);
            String password = lost.outputs().expose().path("password").asText();
            String salt = line("Pulumi.foundation.yaml", "encryptionsalt");
            JsonNode export = new ObjectMapper()
                    .readTree(new PulumiState(project.resolve("state"), "foundation", Pulumi.STACK)
                            .content()
                            .readAllBytes());

            // The fresh machine: the file, the passphrase, an empty state.
            Files.copy(project.resolve("Pulumi.foundation.yaml"), project.resolve("Pulumi.dr.yaml"));
            Pulumi fresh = pulumi("fresh", Pulumi.RECOVERY);
            fresh.initStack();
            assertThat(line("Pulumi.dr.yaml", "encryptionsalt")).isEqualTo(salt);
            fresh.set("recovery.point", "20261121T030000Z");
            assertThat(fresh.configuration().expose())
                    .containsEntry("secret", server.root().secretKey())
                    .containsEntry("recovery", "{\"point\":\"20261121T030000Z\"}");
            assertThatThrownBy(() -> fresh.importState(export)).isInstanceOf(PulumiException.class);

            StateRewrite rewritten = StateRewrite.of(export, Pulumi.RECOVERY);
            assertThat(rewritten.stripped()).isEqualTo(Map.of("foundation:index:S3Bucket", 1));
            fresh.importState(rewritten.export());
            assertThat(fresh.resources()).extracting(StackResource::kind).doesNotContain("S3Bucket");
            assertThat(fresh.resources().stream().filter(StackResource::protect).map(StackResource::kind))
                    .containsExactlyInAnyOrder("RandomSecret", "FixedChoice");
            assertThat(preview(Pulumi.RECOVERY))
                    .contains("+ 1 to create")
                    .contains("4 unchanged")
                    .doesNotContain("to update");

            fresh.up(false);
            assertThat(fresh.outputs().expose().path("password").asText()).isEqualTo(password);
            fresh.renameStack(Pulumi.STACK);

            Pulumi again = pulumi("fresh", Pulumi.STACK);
            assertThat(again.stackExists()).isTrue();
            assertThat(fresh.stackExists()).isFalse();
            assertThat(project.resolve("Pulumi.dr.yaml")).doesNotExist();
            assertThat(Files.readString(project.resolve("Pulumi.foundation.yaml")))
                    .contains("20261121T030000Z")
                    .contains(salt);
            assertThat(preview(Pulumi.STACK)).contains("5 unchanged").doesNotContain("to create");
            assertThat(again.outputs().expose().path("password").asText()).isEqualTo(password);

            // A recovered foundation recovered again.
            JsonNode second = new ObjectMapper()
                    .readTree(new PulumiState(project.resolve("fresh"), "foundation", Pulumi.STACK)
                            .content()
                            .readAllBytes());
            Files.copy(project.resolve("Pulumi.foundation.yaml"), project.resolve("Pulumi.dr.yaml"));
            Pulumi third = pulumi("third", Pulumi.RECOVERY);
            third.initStack();
            third.importState(StateRewrite.of(second, Pulumi.RECOVERY).export());
            assertThat(third.outputs().expose().path("password").asText()).isEqualTo(password);
        }
    }

    private String state = "";

    private Pulumi pulumi(String stateFolder, String stack) throws Exception {
        state = stateFolder;
        Path host = Tools.need("pulumi-language-java");
        return new Pulumi(
                new PulumiSetting(
                        Tools.need("pulumi"),
                        Map.of(
                                "PULUMI_HOME",
                                project.resolve("home").toString(),
                                "PATH",
                                Path.of(System.getProperty("java.home"), "bin") + ":" + host.getParent() + ":"
                                        + System.getenv("PATH")),
                        project,
                        "file://" + project.resolve(stateFolder),
                        new PassphraseSource.Environment(Secret.of("a passphrase of no worth"))),
                Map.of("HOME", folder.toString(), "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "true"),
                System.err,
                stack);
    }

    private String preview(String stack) throws Exception {
        Path host = Tools.need("pulumi-language-java");
        var builder = new ProcessBuilder(
                        Tools.need("pulumi").toString(),
                        "preview",
                        "--stack",
                        stack,
                        "--non-interactive",
                        "--color",
                        "never")
                .directory(project.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PULUMI_"));
        builder.environment()
                .putAll(Map.of(
                        "PULUMI_HOME",
                        project.resolve("home").toString(),
                        "PULUMI_BACKEND_URL",
                        "file://" + project.resolve(state),
                        "PULUMI_CONFIG_PASSPHRASE",
                        "a passphrase of no worth",
                        "PATH",
                        Path.of(System.getProperty("java.home"), "bin") + ":" + host.getParent() + ":"
                                + System.getenv("PATH")));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private String line(String file, String start) throws Exception {
        return Files.readAllLines(project.resolve(file)).stream()
                .filter(each -> each.startsWith(start))
                .findFirst()
                .orElseThrow();
    }
}
