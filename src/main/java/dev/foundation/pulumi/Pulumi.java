package dev.foundation.pulumi;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.secret.Secret;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One stack through the real Pulumi CLI: {@code foundation}, unless another is named. Every method throws a {@link PulumiException} that says what to do when the
 * CLI refuses. Keys are given without their namespace; dots in them are structure, such as {@code s3.engine}.
 */
public final class Pulumi {
    /** The foundation's own stack; its file is {@code Pulumi.foundation.yaml}. */
    public static final String STACK = "foundation";
    /** The stack that a recovery works on, until it is renamed {@link #STACK}. */
    public static final String RECOVERY = "dr";

    private static final String NAMESPACE = "foundation:";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PulumiSetting setting;
    private final Map<String, String> inherited;
    private final PrintStream err;
    private final PulumiProcess process;
    private final String stack;

    /** The stack {@link #STACK}. */
    public Pulumi(PulumiSetting setting, Map<String, String> inherited, PrintStream err) {
        this(setting, inherited, err, STACK);
    }

    /**
     * @param inherited the environment that the CLI inherits, proxies and all
     * @param err where the CLI's warnings go
     * @param stack its name, without organisation and project
     */
    public Pulumi(PulumiSetting setting, Map<String, String> inherited, PrintStream err, String stack) {
        this.setting = setting;
        this.inherited = Map.copyOf(inherited);
        this.err = err;
        this.process = new PulumiProcess(setting, inherited, err);
        this.stack = stack;
    }

    /** The stack's file with its configuration, there or not. */
    public Path stackFile() {
        return setting.repository().resolve("Pulumi." + stack + ".yaml");
    }

    /** Whether the state on this machine (or at the backend) knows the stack. Needs no passphrase. */
    public boolean stackExists() throws IOException, InterruptedException {
        for (JsonNode each : json(List.of("stack", "ls", "--json", "--non-interactive"))) {
            String name = each.path("name").asText();
            if (name.substring(name.lastIndexOf('/') + 1).equals(stack)) {
                return true;
            }
        }
        return false;
    }

    /** Makes the stack; a salt and secrets that the file already has are kept. */
    public void initStack() throws IOException, InterruptedException {
        quiet("stack", "init", stack, "--secrets-provider", "passphrase", "--non-interactive");
    }

    /** Encrypts the value into the stack's file. It goes over standard input. */
    public void setSecret(String key, Secret<String> value) throws IOException, InterruptedException {
        // The CLI drops one newline at the end, so this one keeps the value's own.
        process.captured(
                Optional.of(value.map(text -> text + "\n")),
                List.of("config", "set", "--secret", "--stack", stack, "--non-interactive", name(key)));
    }

    /** Writes a value in clear into the stack's file; comments in the file stay. */
    public void set(String key, String value) throws IOException, InterruptedException {
        quiet("config", "set", "--plaintext", "--path", "--stack", stack, "--non-interactive", name(key), "--", value);
    }

    public void remove(String key) throws IOException, InterruptedException {
        quiet("config", "rm", "--path", "--stack", stack, "--non-interactive", name(key));
    }

    /** A value of the stack's file, decrypted. */
    public Secret<String> config(String key) throws IOException, InterruptedException {
        return process.captured(
                        Optional.empty(), List.of("config", "get", "--stack", stack, "--non-interactive", name(key)))
                .map(text -> text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    }

    /** Every value of the stack's file in the namespace, decrypted, by its key; a structure is its JSON. */
    public Secret<Map<String, String>> configuration() throws IOException, InterruptedException {
        Secret<JsonNode> all = parsed(process.captured(
                Optional.empty(),
                List.of("config", "--show-secrets", "--json", "--stack", stack, "--non-interactive")));
        return all.map(values -> {
            Map<String, String> found = new LinkedHashMap<>();
            values.properties().forEach(each -> {
                if (each.getKey().startsWith(NAMESPACE)) {
                    found.put(
                            each.getKey().substring(NAMESPACE.length()),
                            each.getValue().path("value").asText());
                }
            });
            return Map.copyOf(found);
        });
    }

    /** Checks the passphrase against the file: fails with the message for a wrong one. A file without a single secret cannot tell. */
    public void checkPassphrase() throws IOException, InterruptedException {
        process.captured(
                Optional.empty(), List.of("config", "--show-secrets", "--json", "--stack", stack, "--non-interactive"));
    }

    /**
     * Encrypts the stack's file and its state anew. The CLI writes the file first: where it breaks off between the two, the state is still under the
     * old passphrase ({@link StateUnderPassphrase}).
     *
     * @param passphrase the new one; the old one is this object's
     */
    public void changePassphrase(Secret<String> passphrase) throws IOException, InterruptedException {
        process.captured(
                Optional.of(passphrase.map(text -> text + "\n")),
                List.of("stack", "change-secrets-provider", "passphrase", "--stack", stack, "--non-interactive"));
    }

    /** What a run was making when it was killed; it may be there or not, and the state does not know it. @param name as its input says */
    public record Unfinished(String type, String name) {}

    /**
     * Frees the stack of the lock of a run that was killed on this host, or ended by a power cut: nobody but a person could otherwise. Only a file
     * backend says who that was. To be called before {@link #up}, and to be followed by {@link #settle}.
     *
     * @return what that run was making; empty if no run was killed, or if one is at work
     */
    public Optional<List<Unfinished>> freeOfTheDead() throws IOException, InterruptedException {
        Optional<Path> folder = setting.stateFolder();
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> dead = StaleLock.of(folder.get(), stack);
        if (dead.isPresent()) {
            err.println("The stack " + stack + " was locked by " + dead.get() + ", which is dead: freed.");
            Secret<String> _ = process.captured(
                    Optional.empty(), List.of("cancel", "--stack", stack, "--yes", "--non-interactive"));
        } else if (!StaleLock.leftPending(folder.get(), stack)) {
            return Optional.empty();
        }
        JsonNode deployment = export().path("deployment");
        Set<String> known = new HashSet<>();
        deployment.path("resources").forEach(each -> known.add(each.path("urn").asText()));
        List<Unfinished> unfinished = new ArrayList<>();
        for (JsonNode each : deployment.path("pending_operations")) {
            JsonNode resource = each.path("resource");
            JsonNode name = resource.path("inputs").path("name");
            // What an earlier run was at stays in this list, though a later one has made it.
            if (each.path("type").asText().equals("creating")
                    && name.isTextual()
                    && !known.contains(resource.path("urn").asText())) {
                unfinished.add(new Unfinished(resource.path("type").asText(), name.asText()));
            }
        }
        return Optional.of(unfinished);
    }

    /**
     * Takes out of the state what a killed run was at: no run that ends well would, only `pulumi refresh` with a person at it, and until then the state
     * is none that a backup takes. What it was making must be gone, or be such that it can be made again.
     */
    public void settle() throws IOException, InterruptedException {
        JsonNode export = export();
        if (export.path("deployment") instanceof ObjectNode deployment
                && !deployment.path("pending_operations").isEmpty()) {
            deployment.remove("pending_operations");
            importState(export);
        }
    }

    /** @param ask show the plan and have a person agree to it; else it goes ahead at once */
    public void up(boolean ask) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("up", "--stack", stack, "--suppress-outputs"));
        if (!ask) {
            arguments.addAll(List.of("--yes", "--skip-preview", "--non-interactive"));
        }
        process.streamed(arguments);
    }

    /** As {@link #up} without asking; what the CLI prints goes to standard error. */
    public void upAside() throws IOException, InterruptedException {
        process.streamedAside(
                List.of("up", "--stack", stack, "--suppress-outputs", "--yes", "--skip-preview", "--non-interactive"));
    }

    public void preview() throws IOException, InterruptedException {
        process.streamed(List.of("preview", "--stack", stack, "--diff", "--suppress-outputs", "--non-interactive"));
    }

    /** Takes resources of these types out of the state, and the protection off all others. Touches no server. */
    public void forget(Predicate<String> types) throws IOException, InterruptedException {
        JsonNode export = export();
        StateEdit.forget(export, types);
        importState(export);
    }

    /**
     * Makes this the stack's state, in place of what it had. Touches no server.
     *
     * @param export as {@code pulumi stack export} prints it; its URNs must name this stack
     */
    public void importState(JsonNode export) throws IOException, InterruptedException {
        // Over standard input: no copy of the state stays anywhere.
        process.captured(
                Optional.of(Secret.of(export.toString())),
                List.of("stack", "import", "--stack", stack, "--non-interactive"));
    }

    /**
     * As {@link #importState(JsonNode)}, for a state that may be under a passphrase of earlier (K1): it is brought under the one of today.
     *
     * @param earlier the key of the stack's file that holds those passphrases, encrypted, one a line; only looked at where it must be
     * @return whether it was under one of them
     * @throws PulumiException {@link PulumiException#wrongPassphrase} if none opens it
     */
    public boolean importState(JsonNode export, String earlier) throws IOException, InterruptedException {
        PulumiException none;
        try {
            importState(export);
            return false;
        } catch (PulumiException e) {
            if (!e.wrongPassphrase()) {
                throw e;
            }
            none = e;
        }
        for (String each :
                configuration().expose().getOrDefault(earlier, "").lines().toList()) {
            try {
                importState(StateUnderPassphrase.of(setting, inherited, err, stack, export, Secret.of(each)));
                return true;
            } catch (PulumiException e) {
                if (!e.wrongPassphrase()) {
                    throw e;
                }
            }
        }
        throw none;
    }

    /** Deletes everything that the stack holds and that is not protected. The stack itself, its history and its file stay. */
    public void destroy() throws IOException, InterruptedException {
        process.streamed(List.of(
                "destroy", "--yes", "--skip-preview", "--suppress-outputs", "--stack", stack, "--non-interactive"));
    }

    /**
     * Gives the stack another name, in the state with all its history, and its file too: a file that the other stack has is replaced. This object
     * goes on meaning the old name.
     *
     * @throws PulumiException if the state has a stack of that name
     */
    public void renameStack(String name) throws IOException, InterruptedException {
        quiet("stack", "rename", name, "--stack", stack, "--non-interactive");
    }

    /** Removes an empty stack from the state. Its file with the configuration stays. */
    public void removeStack() throws IOException, InterruptedException {
        quiet("stack", "rm", stack, "--yes", "--preserve-config", "--non-interactive");
    }

    /** The stack's outputs with their secrets in clear. Empty before the first {@link #up}. */
    public Secret<JsonNode> outputs() throws IOException, InterruptedException {
        return parsed(process.captured(
                Optional.empty(),
                List.of("stack", "output", "--show-secrets", "--json", "--stack", stack, "--non-interactive")));
    }

    /** The outputs of the resources of one type, secrets in clear: there as soon as the resource is, also where a later one failed. */
    public Secret<List<JsonNode>> outputsOf(String type) throws IOException, InterruptedException {
        Secret<JsonNode> export = parsed(process.captured(
                Optional.empty(), List.of("stack", "export", "--show-secrets", "--stack", stack, "--non-interactive")));
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

    /** The state as {@code pulumi stack export} prints it; secrets stay encrypted. */
    public JsonNode export() throws IOException, InterruptedException {
        return json(List.of("stack", "export", "--stack", stack, "--non-interactive"));
    }

    private static String name(String key) {
        return NAMESPACE + key;
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
}
