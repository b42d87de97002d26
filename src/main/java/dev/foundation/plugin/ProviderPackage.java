package dev.foundation.plugin;

import java.util.List;

/**
 * What one provider process serves: the package's name and version as the engine knows them, and its types.
 *
 * @param name such as {@code foundation}, {@code vault}
 * @param version semantic version without a leading v
 * @param factory makes the handlers from the provider's configuration (keys as in the schema; values are plain strings or JSON)
 */
public record ProviderPackage(String name, String version, Factory factory) {
    /** Makes the handlers once the provider is configured. Called again when the configuration changes. */
    @FunctionalInterface
    public interface Factory {
        List<ResourceHandler<?, ?>> handlers(java.util.Map<String, String> config);
    }
}
