package dev.foundation.spec;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The keys of the namespace {@code foundation:}, read through either door: the text of {@code Pulumi.foundation.yaml} (secrets stay
 * opaque), or the JSON that Pulumi hands to the running program. Keys of other namespaces ({@code aws:region}) are left to their owners.
 *
 * @param values by key without namespace; structures as lists and maps
 * @param encryptionSalt Pulumi's salt line, there once a passphrase has been set for this file
 */
public record Configuration(Map<String, ConfigValue> values, Optional<String> encryptionSalt) {
    private static final String NAMESPACE = "foundation:";
    private static final ObjectMapper JSON = new ObjectMapper();

    public Configuration {
        values = Map.copyOf(values);
    }

    /** True if the key is there, in clear or encrypted. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** @throws ConfigSyntaxException if the text is no YAML, or not the shape of a Pulumi stack file */
    public static Configuration ofStackFile(String yaml) throws ConfigSyntaxException {
        Object root;
        try {
            var options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            root = new Yaml(new SafeConstructor(options)).load(yaml);
        } catch (MarkedYAMLException e) {
            // The exception's own text quotes the line, which may hold a secret; its place is enough to find it.
            var mark = e.getProblemMark();
            String place =
                    mark == null ? "" : " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
            throw new ConfigSyntaxException("Pulumi.foundation.yaml is no YAML" + place + ": " + e.getProblem());
        } catch (YAMLException e) {
            throw new ConfigSyntaxException("Pulumi.foundation.yaml is no YAML: look for control characters");
        }
        if (root == null) {
            return new Configuration(Map.of(), Optional.empty());
        }
        if (!(root instanceof Map<?, ?> file)) {
            throw new ConfigSyntaxException(
                    "Pulumi.foundation.yaml: the top level must be keys, with `config:` among them");
        }
        Object config = file.get("config");
        if (config != null && !(config instanceof Map<?, ?>)) {
            throw new ConfigSyntaxException(
                    "Pulumi.foundation.yaml: `config:` must hold keys such as foundation:instance");
        }
        Map<String, ConfigValue> values = new HashMap<>();
        if (config instanceof Map<?, ?> entries) {
            entries.forEach((key, value) -> put(values, String.valueOf(key), value));
        }
        Optional<String> salt =
                file.get("encryptionsalt") instanceof String text ? Optional.of(text) : Optional.empty();
        return new Configuration(values, salt);
    }

    /**
     * @param config Pulumi's {@code PULUMI_CONFIG}: a JSON object of strings, structures written as JSON inside them
     * @param secretKeys Pulumi's {@code PULUMI_CONFIG_SECRET_KEYS}: a JSON list of the keys that are encrypted in the file
     */
    public static Configuration ofProgram(String config, String secretKeys) throws ConfigSyntaxException {
        try {
            Map<String, Object> entries = JSON.readValue(config, new TypeReference<>() {});
            Set<String> encrypted = JSON.readValue(secretKeys, new TypeReference<>() {});
            Map<String, ConfigValue> values = new HashMap<>();
            entries.forEach((key, value) -> {
                if (encrypted.contains(key)) {
                    key(key).ifPresent(name -> values.put(name, new ConfigValue.Encrypted()));
                } else {
                    put(values, key, value instanceof String text ? structure(text) : value);
                }
            });
            return new Configuration(values, Optional.empty());
        } catch (JacksonException e) {
            // Not the cause: its message quotes the source, and the source holds secrets in clear.
            throw new ConfigSyntaxException("the configuration that Pulumi handed over is no JSON object of strings");
        }
    }

    private static void put(Map<String, ConfigValue> values, String key, Object value) {
        if (value == null) {
            return; // `foundation:vault:` with all its lines commented out
        }
        key(key).ifPresent(name -> values.put(
                name,
                value instanceof Map<?, ?> map && map.keySet().equals(Set.of("secure"))
                        ? new ConfigValue.Encrypted()
                        : new ConfigValue.Plain(withoutNulls(value))));
    }

    private static Object withoutNulls(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Object> copy = new HashMap<>();
                map.forEach((key, item) -> {
                    if (item != null) {
                        copy.put(String.valueOf(key), withoutNulls(item));
                    }
                });
                yield copy;
            }
            case Iterable<?> items -> {
                var copy = new ArrayList<Object>();
                items.forEach(item -> copy.add(item == null ? "" : withoutNulls(item)));
                yield copy;
            }
            default -> value;
        };
    }

    /** Pulumi reads a key without namespace as one of the project's. */
    private static Optional<String> key(String full) {
        if (full.startsWith(NAMESPACE)) {
            return Optional.of(full.substring(NAMESPACE.length()));
        }
        return full.contains(":") ? Optional.empty() : Optional.of(full);
    }

    private static Object structure(String text) {
        String start = text.stripLeading();
        if (!start.startsWith("{") && !start.startsWith("[")) {
            return text;
        }
        try {
            return JSON.readValue(text, Object.class);
        } catch (JacksonException e) {
            return text; // the parser of that key says what it wants instead
        }
    }
}
