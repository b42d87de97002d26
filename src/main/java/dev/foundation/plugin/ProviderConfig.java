package dev.foundation.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.foundation.plugin.Property.Fields;
import dev.foundation.plugin.ProviderPackage.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The provider's own configuration: checked against the package's settings, and flattened to strings for the handlers. */
final class ProviderConfig {
    /** Properties that the engine and the SDKs put on every provider resource. */
    private static final Set<String> ALWAYS = Set.of("version", "pluginDownloadURL");

    private static final JsonMapper JSON = new JsonMapper();

    private final ProviderPackage served;

    ProviderConfig(ProviderPackage served) {
        this.served = served;
    }

    List<Problem> check(Fields config) {
        if (served.settings().isEmpty()) {
            return List.of();
        }
        var problems = new ArrayList<Problem>();
        for (String name : config.values().keySet()) {
            if (ALWAYS.contains(name)) {
                continue;
            }
            Optional<Setting> setting = setting(name);
            if (setting.isEmpty()) {
                problems.add(new Problem(name, "is no setting of the provider " + served.name()));
            } else {
                setting.get().refusal().ifPresent(reason -> problems.add(new Problem(name, reason)));
            }
        }
        return List.copyOf(problems);
    }

    /** The same configuration with the secret settings hidden. */
    Fields hideSecrets(Fields config) {
        var hidden = new LinkedHashMap<String, Property>();
        config.values().forEach((name, value) -> {
            boolean secret = setting(name).map(Setting::secret).orElse(false);
            hidden.put(name, secret ? value.hide() : value);
        });
        return new Fields(hidden);
    }

    /** What is known of it, as handlers get it. */
    Map<String, String> forHandlers(Fields config) {
        var known = new LinkedHashMap<String, String>();
        config.values().forEach((name, value) -> {
            if (!value.hasUnknown()) {
                known.put(name, text(value.reveal()));
            }
        });
        return Map.copyOf(known);
    }

    private Optional<Setting> setting(String name) {
        return served.settings().stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst();
    }

    private static String text(Property value) {
        if (value instanceof Property.Text(var text)) {
            return text;
        }
        try {
            return JSON.writeValueAsString(value.plain());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain data is always JSON", e);
        }
    }
}
