package dev.foundation.plugin.vault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.plugin.ReplaceOnChange;
import dev.foundation.plugin.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a key-value engine of version 2 keeps versions. Its id is {@code <mount>/config}. A delete puts Vault's defaults back. */
final class SecretBackendV2 extends VaultType<SecretBackendV2.Inputs, SecretBackendV2.Outputs> {
    private static final Pattern SPAN = Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?");

    /**
     * The engine's settings.
     *
     * @param maxVersions 0 for Vault's own
     * @param deleteVersionAfter seconds, 0 for never
     */
    record Inputs(
            @ReplaceOnChange String mount,
            Optional<Integer> maxVersions,
            Optional<Boolean> casRequired,
            Optional<Integer> deleteVersionAfter) {}

    record Outputs() {}

    SecretBackendV2(Connection connection) {
        super(
                "vault:kv/secretBackendV2:SecretBackendV2",
                Inputs.class,
                Outputs.class,
                List.of("namespace"),
                connection);
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        write(inputs);
        return new Created<>(inputs.mount() + "/config", new Outputs());
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException, InterruptedException {
        if (!id.endsWith("/config")) {
            throw new IOException("\"" + id + "\" is no id of a key-value engine's settings: give <mount>/config");
        }
        String mount = id.substring(0, id.length() - "/config".length());
        if (vault().system().mount(mount).isEmpty()) {
            return Optional.empty();
        }
        Optional<Inputs> given = known.map(Current::inputs);
        Optional<JsonNode> config = vault().keyValue(mount).readConfig();
        return config.map(settings -> new Current<>(
                new Inputs(
                        mount,
                        found(settings.path("max_versions").asInt(), 0, given.flatMap(Inputs::maxVersions)),
                        found(settings.path("cas_required").asBoolean(), false, given.flatMap(Inputs::casRequired)),
                        found(
                                seconds(settings.path("delete_version_after").asText()),
                                0,
                                given.flatMap(Inputs::deleteVersionAfter))),
                new Outputs()));
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run)
            throws IOException, InterruptedException {
        write(inputs);
        return new Outputs();
    }

    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) throws IOException, InterruptedException {
        String mount = old.inputs().mount();
        if (vault().system().mount(mount).isPresent()) {
            write(new Inputs(mount, Optional.empty(), Optional.empty(), Optional.empty()));
        }
    }

    private void write(Inputs inputs) throws IOException, InterruptedException {
        vault().keyValue(inputs.mount())
                .writeConfig(Map.of(
                        "max_versions",
                        inputs.maxVersions().orElse(0),
                        "cas_required",
                        inputs.casRequired().orElse(false),
                        "delete_version_after",
                        inputs.deleteVersionAfter().orElse(0) + "s"));
    }

    /** Vault answers spans as Go writes them, such as {@code 1h30m0s}. */
    static int seconds(String span) {
        Matcher parts = SPAN.matcher(span);
        if (!parts.matches()) {
            return 0;
        }
        return (int) Duration.ofHours(number(parts.group(1)))
                .plusMinutes(number(parts.group(2)))
                .plusSeconds(number(parts.group(3)))
                .toSeconds();
    }

    private static long number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
