package dev.foundation.pulumi;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foundation.secret.Secret;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The stack {@code foundation} through the real Pulumi CLI. Every method throws a {@link PulumiException} that says what to do when the
 * CLI refuses. Keys are given without their namespace; dots in them are structure, such as {@code s3.engine}.
 */
public final class Pulumi {
    /** The stack's name, and that of its file {@code Pulumi.foundation.yaml}. */
    public static final String STACK = "foundation";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PulumiSetting setting;
    private final PulumiProcess process;

    /**
     * @param inherited the environment that the CLI inherits, proxies and all
     * @param err where the CLI's warnings go
     */
    public Pulumi(PulumiSetting setting, Map<String, String> inherited, PrintStream err) {
        this.setting = setting;
        this.process = new PulumiProcess(setting, inherited, err);
    }

    /** Whether the state on this machine (or at the backend) knows the stack. Needs no passphrase. */
    public boolean stackExists() throws IOException, InterruptedException {
        prepareFolders();
        for (JsonNode stack : json(List.of("stack", "ls", "--json", "--non-interactive"))) {
            String name = stack.path("name").asText();
            if (name.substring(name.lastIndexOf('/') + 1).equals(STACK)) {
                return true;
            }
        }
        return false;
    }

    /** Makes the stack; a salt and secrets that the file already has are kept. */
    public void initStack() throws IOException, InterruptedException {
        prepareFolders();
        quiet("stack", "init", STACK, "--secrets-provider", "passphrase", "--non-interactive");
    }

    /** Encrypts the value into the stack's file. It goes over standard input. */
    public void setSecret(String key, Secret<String> value) throws IOException, InterruptedException {
        // The CLI drops one newline at the end, so this one keeps the value's own.
        process.captured(
                Optional.of(value.map(text -> text + "\n")),
                List.of("config", "set", "--secret", "--stack", STACK, "--non-interactive", name(key)));
    }

    /** Writes a value in clear into the stack's file; comments in the file stay. */
    public void set(String key, String value) throws IOException, InterruptedException {
        quiet("config", "set", "--plaintext", "--path", "--stack", STACK, "--non-interactive", name(key), "--", value);
    }

    public void remove(String key) throws IOException, InterruptedException {
        quiet("config", "rm", "--path", "--stack", STACK, "--non-interactive", name(key));
    }

    /** A value of the stack's file, decrypted. */
    public Secret<String> config(String key) throws IOException, InterruptedException {
        return process.captured(
                        Optional.empty(), List.of("config", "get", "--stack", STACK, "--non-interactive", name(key)))
                .map(text -> text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    }

    /** Checks the passphrase against the file: fails with the message for a wrong one. A file without a single secret cannot tell. */
    public void checkPassphrase() throws IOException, InterruptedException {
        process.captured(
                Optional.empty(), List.of("config", "--show-secrets", "--json", "--stack", STACK, "--non-interactive"));
    }

    /** @param ask show the plan and have a person agree to it; else it goes ahead at once */
    public void up(boolean ask) throws IOException, InterruptedException {
        prepareFolders();
        List<String> arguments = new ArrayList<>(List.of("up", "--stack", STACK, "--suppress-outputs"));
        if (!ask) {
            arguments.addAll(List.of("--yes", "--skip-preview", "--non-interactive"));
        }
        process.streamed(arguments);
    }

    public void preview() throws IOException, InterruptedException {
        process.streamed(List.of("preview", "--stack", STACK, "--diff", "--suppress-outputs", "--non-interactive"));
    }

    /** Takes resources of these types out of the state, and the protection off all others. Touches no server. */
    public void forget(Predicate<String> types) throws IOException, InterruptedException {
        JsonNode export = export();
        StateEdit.forget(export, types);
        // Over standard input: no copy of the state stays anywhere.
        process.captured(
                Optional.of(Secret.of(export.toString())),
                List.of("stack", "import", "--stack", STACK, "--non-interactive"));
    }

    /** Deletes everything that the stack holds and that is not protected. The stack itself, its history and its file stay. */
    public void destroy() throws IOException, InterruptedException {
        process.streamed(List.of(
                "destroy", "--yes", "--skip-preview", "--suppress-outputs", "--stack", STACK, "--non-interactive"));
    }

    /** Removes an empty stack from the state. Its file with the configuration stays. */
    public void removeStack() throws IOException, InterruptedException {
        quiet("stack", "rm", STACK, "--yes", "--preserve-config", "--non-interactive");
    }

    /** The stack's outputs with their secrets in clear. Empty before the first {@link #up}. */
    public Secret<JsonNode> outputs() throws IOException, InterruptedException {
        return parsed(process.captured(
                Optional.empty(),
                List.of("stack", "output", "--show-secrets", "--json", "--stack", STACK, "--non-interactive")));
    }

    /** The outputs of the resources of one type, secrets in clear: there as soon as the resource is, also where a later one failed. */
    public Secret<List<JsonNode>> outputsOf(String type) throws IOException, InterruptedException {
        Secret<JsonNode> export = parsed(process.captured(
                Optional.empty(), List.of("stack", "export", "--show-secrets", "--stack", STACK, "--non-interactive")));
        return export.map(state -> state.at("/deployment/resources")
                .valueStream()
                .filter(resource -> resource.path("type").asText().equals(type))
                .map(resource -> resource.path("outputs"))
                .toList());
    }

    /** What the state holds, in the order of making, without the stack and the providers. Secrets stay encrypted. */
    public List<StackResource> resources() throws IOException, InterruptedException {
        List<StackResource> resources = new ArrayList<>();
        for (JsonNode resource : export().path("deployment").path("resources")) {
            String type = resource.path("type").asText();
            if (!type.startsWith("pulumi:")) {
                String urn = resource.path("urn").asText();
                resources.add(new StackResource(
                        type,
                        urn.substring(urn.lastIndexOf("::") + 2),
                        resource.path("id").asText(),
                        resource.path("custom").asBoolean(),
                        resource.path("protect").asBoolean(),
                        texts(resource.path("inputs"))));
            }
        }
        return resources;
    }

    private static Map<String, String> texts(JsonNode inputs) {
        Map<String, String> texts = new LinkedHashMap<>();
        inputs.properties().forEach(input -> {
            if (input.getValue().isTextual()) {
                texts.put(input.getKey(), input.getValue().asText());
            }
        });
        return texts;
    }

    private JsonNode export() throws IOException, InterruptedException {
        return json(List.of("stack", "export", "--stack", STACK, "--non-interactive"));
    }

    private static String name(String key) {
        return "foundation:" + key;
    }

    private void quiet(String... arguments) throws IOException, InterruptedException {
        process.captured(Optional.empty(), List.of(arguments));
    }

    private JsonNode json(List<String> arguments) throws IOException, InterruptedException {
        return parsed(process.captured(Optional.empty(), arguments)).expose();
    }

    private static Secret<JsonNode> parsed(Secret<String> output) throws IOException {
        try {
            return Secret.of(JSON.readTree(output.expose()));
        } catch (JacksonException e) {
            // Not the cause: it quotes the source.
            throw new PulumiException("the Pulumi CLI printed something that is no JSON: is it the pinned version?", 0);
        }
    }

    private void prepareFolders() throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        if (setting.backendUrl().startsWith("file:///")) {
            String folder = setting.backendUrl().substring("file://".length());
            Files.createDirectories(Path.of(folder.replaceFirst("\\?.*", "")), owner);
        }
    }
}
