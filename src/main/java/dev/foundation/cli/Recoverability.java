package dev.foundation.cli;

import dev.foundation.kit.Verified;
import dev.foundation.pulumi.Pulumi;
import dev.foundation.spec.ConfigKeys;
import dev.foundation.spec.ConfigValue;
import dev.foundation.spec.Configuration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Whether {repository + passphrase} would rebuild this foundation (K2): every reason against it. */
final class Recoverability {
    private Recoverability() {}

    /**
     * @param repository the clone that holds the stack's file
     * @param offSite whether an off-site store is configured, whose credentials people give
     * @param vault false where Vault is switched off, and so has no keys
     * @param backup what the backups' own state says against it
     */
    static List<String> missing(
            Configuration configuration, Path repository, boolean vault, boolean offSite, List<String> backup)
            throws InterruptedException {
        List<String> reasons = new ArrayList<>(keys(configuration, vault, offSite));
        uncommitted(repository).ifPresent(reasons::add);
        reasons.addAll(backup);
        Verified.missing(configuration).ifPresent(reasons::add);
        return reasons;
    }

    static List<String> keys(Configuration configuration, boolean vault, boolean offSite) {
        List<String> reasons = new ArrayList<>();
        for (ConfigKeys.Key key : ConfigKeys.all()) {
            boolean given = ConfigKeys.offsiteCredentials().contains(key.path());
            if (ConfigKeys.optional().contains(key.path())) {
                continue; // without them a foundation is silent, not lost
            }
            boolean wanted = key.kind() == ConfigKeys.Kind.SECRET
                    && (vault || !key.path().equals(KeysKeeper.OUTPUT))
                    && (offSite || !given)
                    && !key.path().equals(ConfigKeys.RETIRED_UNSEAL_KEYS)
                    && !key.path().equals(ConfigKeys.RETIRED_PASSPHRASES);
            if (wanted && !(configuration.values().get(key.path()) instanceof ConfigValue.Encrypted)) {
                String make = key.path().equals(KeysKeeper.OUTPUT) ? "./foundation keys save" : "./foundation up";
                reasons.add("foundation:" + key.path() + " is not in Pulumi.foundation.yaml: "
                        + (given ? "`pulumi config set --secret` takes it on standard input" : "run `" + make + "`"));
            }
        }
        return reasons;
    }

    static Optional<String> uncommitted(Path repository) throws InterruptedException {
        String name = "Pulumi." + Pulumi.STACK + ".yaml";
        try {
            if (git(repository, "ls-files", "--error-unmatch", "--", name).isEmpty()) {
                return Optional.of(name + " is in no git repository, or was never added to it: git add and commit it");
            }
            Optional<String> changes = git(repository, "status", "--porcelain", "--", name);
            return changes.isPresent() && changes.get().isBlank()
                    ? Optional.empty()
                    : Optional.of(name + " has changes that are not committed: git commit it");
        } catch (IOException e) {
            return Optional.of("git cannot be asked whether " + name + " is committed: " + e.getMessage());
        }
    }

    /** What git printed; empty if it failed. */
    private static Optional<String> git(Path repository, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(repository.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0
                    ? Optional.of(output)
                    : Optional.empty();
        } finally {
            process.destroy();
        }
    }
}
