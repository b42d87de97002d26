package dev.foundation.pulumi;

import dev.foundation.secret.PassphraseSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the CLI is and what surrounds it.
 *
 * @param cli the program {@code pulumi}
 * @param besides folders that {@code PATH} must hold: those of the language host and of other tools
 * @param javaHome the JDK 25 that runs the program; it comes first in {@code PATH}, where the language host looks for {@code java}
 * @param repository the project: {@code Pulumi.yaml}, {@code Pulumi.foundation.yaml}; also {@code FOUNDATION_HOME} for the providers
 * @param home {@code PULUMI_HOME}: plugin cache and workspaces
 * @param backendUrl {@code PULUMI_BACKEND_URL}; for {@code file://} the folder is made
 */
public record PulumiSetting(
        Path cli,
        List<Path> besides,
        Path javaHome,
        Path repository,
        Path home,
        String backendUrl,
        PassphraseSource passphrase) {
    public PulumiSetting {
        besides = List.copyOf(besides);
    }

    /** What the CLI's process gets: the environment given, with this setting over it. */
    Map<String, String> environment(Map<String, String> inherited) {
        Map<String, String> all = new LinkedHashMap<>(inherited);
        String path = Stream.concat(
                        Stream.of(javaHome.resolve("bin"), cli.toAbsolutePath().getParent()), besides.stream())
                .map(String::valueOf)
                .distinct()
                .collect(Collectors.joining(":"));
        all.put("PATH", path + ":" + inherited.getOrDefault("PATH", "/usr/bin:/bin"));
        all.put("JAVA_HOME", javaHome.toString());
        all.put("FOUNDATION_HOME", repository.toString());
        all.put("PULUMI_HOME", home.toString());
        all.put("PULUMI_BACKEND_URL", backendUrl);
        all.put("PULUMI_SKIP_UPDATE_CHECK", "true");
        switch (passphrase) {
            case PassphraseSource.Environment given ->
                all.put("PULUMI_CONFIG_PASSPHRASE", given.passphrase().expose());
            case PassphraseSource.File file -> {
                all.remove("PULUMI_CONFIG_PASSPHRASE");
                all.put("PULUMI_CONFIG_PASSPHRASE_FILE", file.file().file().toString());
            }
        }
        return all;
    }
}
