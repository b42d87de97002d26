package dev.foundation.plugin;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one provider process serves: the package's name and version as the engine knows them, and its types.
 *
 * @param name such as {@code foundation}, {@code vault}
 * @param version semantic version without a leading v
 * @param settings the provider's own configuration; empty takes whatever is given
 * @param factory makes the handlers from the provider's configuration (keys as in the schema; values are plain strings or JSON)
 */
public record ProviderPackage(String name, String version, List<Setting> settings, Factory factory) {
    public ProviderPackage {
        settings = List.copyOf(settings);
    }

    /** A package that checks no setting by name. */
    public ProviderPackage(String name, String version, Factory factory) {
        this(name, version, List.of(), factory);
    }

    /**
     * One key of the provider's configuration.
     *
     * @param refusal why it cannot be given here; empty if it can
     */
    public record Setting(String name, boolean secret, Optional<String> refusal) {}

    /**
     * Makes the handlers; does no input or output. Called with an empty map before the provider is configured (for the schema and for
     * checks), again with its configuration, and in a preview perhaps without the keys that are not known yet: so a missing key is no
     * error here, but one of the handler that needs it.
     */
    @FunctionalInterface
    public interface Factory {
        List<ResourceHandler<?, ?>> handlers(Map<String, String> config);
    }
}
