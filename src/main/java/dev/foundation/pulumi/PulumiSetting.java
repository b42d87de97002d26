package dev.foundation.pulumi;

import dev.foundation.secret.PassphraseSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the CLI is and what surrounds it.
 *
 * @param cli the program {@code pulumi}
 * @param environment what the CLI needs over the inherited environment: {@code PATH} with a JDK 25 first (the language host looks for
 *     {@code java} there) and the language host, {@code JAVA_HOME}, {@code PULUMI_HOME}, {@code FOUNDATION_HOME}
 * @param repository the project: {@code Pulumi.yaml}, {@code Pulumi.foundation.yaml}
 * @param backendUrl {@code PULUMI_BACKEND_URL}; for {@code file://} the folder is made
 */
public record PulumiSetting(
        Path cli, Map<String, String> environment, Path repository, String backendUrl, PassphraseSource passphrase) {
    public PulumiSetting {
        environment = Map.copyOf(environment);
    }

    /** What a shell needs over its own environment so that plain {@code pulumi} works there. No secret: only a passphrase's file. */
    public Map<String, String> shell() {
        Map<String, String> all = new TreeMap<>(environment);
        all.put("PULUMI_BACKEND_URL", backendUrl);
        all.put("PULUMI_SKIP_UPDATE_CHECK", "true");
        if (passphrase instanceof PassphraseSource.File file) {
            all.put("PULUMI_CONFIG_PASSPHRASE_FILE", file.file().file().toString());
        }
        return all;
    }

    Optional<Path> stateFolder() {
        return stateFolder(backendUrl);
    }

    /** Of a file backend; empty for any other. @param backendUrl as {@code pulumi login} takes it */
    public static Optional<Path> stateFolder(String backendUrl) {
        return backendUrl.startsWith("file:///")
                ? Optional.of(Path.of(backendUrl.substring("file://".length()).replaceFirst("\\?.*", "")))
                : Optional.empty();
    }

    /** The whole environment of the CLI's process. */
    Map<String, String> over(Map<String, String> inherited) {
        Map<String, String> all = new LinkedHashMap<>(inherited);
        all.putAll(shell());
        switch (passphrase) {
            case PassphraseSource.Environment given ->
                all.put("PULUMI_CONFIG_PASSPHRASE", given.passphrase().expose());
            case PassphraseSource.File _ -> all.remove("PULUMI_CONFIG_PASSPHRASE");
        }
        return all;
    }
}
