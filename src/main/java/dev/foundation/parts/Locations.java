package dev.foundation.parts;

import dev.foundation.spec.InstanceName;
import java.nio.file.Path;
import java.util.Map;

/**
 * The folders of this machine that the foundation uses, all absolute.
 *
 * @param repository the clone that is run: recipes, images, {@code VERSIONS}, {@code target/foundation.jar}
 * @param cache tools, plugins and images; all of it can be made again
 * @param state Pulumi's state and logs; outside the repository (K4)
 * @param config passphrase files; outside the repository (K3)
 */
public record Locations(Path repository, Path cache, Path state, Path config) {
    public Locations {
        repository = repository.toAbsolutePath().normalize();
        cache = cache.toAbsolutePath().normalize();
        state = state.toAbsolutePath().normalize();
        config = config.toAbsolutePath().normalize();
    }

    /**
     * From {@code FOUNDATION_HOME} (set by the launcher), {@code FOUNDATION_CACHE}, {@code FOUNDATION_STATE} and the XDG variables.
     *
     * @throws IllegalStateException if neither a folder nor {@code HOME} is given
     */
    public static Locations of(Map<String, String> environment) {
        return new Locations(
                Path.of(environment.getOrDefault("FOUNDATION_HOME", "")),
                folder(environment, "FOUNDATION_CACHE", "XDG_CACHE_HOME", ".cache"),
                folder(environment, "FOUNDATION_STATE", "XDG_STATE_HOME", ".local/state"),
                folder(environment, "FOUNDATION_CONFIG", "XDG_CONFIG_HOME", ".config"));
    }

    private static Path folder(Map<String, String> environment, String own, String xdg, String underHome) {
        String exact = environment.getOrDefault(own, "");
        if (!exact.isEmpty()) {
            return Path.of(exact);
        }
        String base = environment.getOrDefault(xdg, "");
        if (base.startsWith("/")) { // the XDG specification: a relative path is to be ignored
            return Path.of(base, "foundation");
        }
        String home = environment.getOrDefault("HOME", "");
        if (home.isEmpty()) {
            throw new IllegalStateException("HOME is not set: set it, or " + own);
        }
        return Path.of(home, underHome, "foundation");
    }

    /** Finished tools, one folder per name, version and hash of the recipe. */
    public Path tools() {
        return cache.resolve("tools");
    }

    /** Saved images of a sealed site. */
    public Path images() {
        return cache.resolve("images");
    }

    /** One log per build. */
    public Path logs() {
        return cache.resolve("logs");
    }

    /**
     * Pulumi's home with its plugin cache. Our own, not {@code ~/.pulumi}: on a sealed site it holds stand-ins under the official plugins'
     * names, which other projects of the same user must never meet.
     */
    public Path pulumiHome() {
        return cache.resolve("pulumi-home");
    }

    /** What belongs to one instance and is not its data: Pulumi's state, logs. */
    public Path stateOf(InstanceName instance) {
        return state.resolve(instance.value());
    }

    /** The folder of Pulumi's file backend (K4). */
    public Path pulumiState(InstanceName instance) {
        return stateOf(instance).resolve("pulumi");
    }

    /** Holds the file that keeps backups, pruning, restores and {@code up} apart (S6); containers mount it. */
    public Path locks(InstanceName instance) {
        return stateOf(instance).resolve("locks");
    }

    /** Where the second copy of recovery points goes while there is no off-site store. */
    public Path points(InstanceName instance) {
        return stateOf(instance).resolve("points");
    }

    /** {@code PULUMI_BACKEND_URL} of the file backend. */
    public String backendUrl(InstanceName instance) {
        return "file://" + pulumiState(instance);
    }

    /** The passphrase that encrypts this instance's configuration, mode 0600 (K3). */
    public Path passphraseFile(InstanceName instance) {
        return config.resolve(instance.value() + ".passphrase");
    }
}
