package dev.foundation.cli;

import dev.foundation.pulumi.Pulumi;
import dev.foundation.pulumi.StackResource;
import dev.foundation.spec.SpecDraft;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code destroy}: plan, print, have the name typed, apply (S2). */
@Command(
        name = "destroy",
        description = {
            "Delete the foundation WITH ALL ITS DATA, after saying exactly what is lost.",
            "Works with the services up or down. Pulumi.foundation.yaml and the passphrase stay: they open",
            "older backups. An off-site bucket stays."
        })
final class DestroyCommand implements Callable<Integer> {
    private static final List<String> FORGOTTEN = List.of(
            "foundation:index:",
            "vault:",
            "aws:",
            "pulumi:providers:foundation",
            "pulumi:providers:vault",
            "pulumi:providers:aws");

    private final Workspace workspace;

    @Option(names = "--confirm", paramLabel = "INSTANCE", description = "Agree beforehand, by the instance's name.")
    private @Nullable String confirm;

    DestroyCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        SpecDraft draft = workspace.settledDraft();
        Pulumi pulumi = workspace.pulumi(draft, draft.site().orElseThrow());
        PrintStream out = workspace.terminal().out();
        if (!pulumi.stackExists()) {
            out.println("There is nothing to destroy: the state knows no such foundation.");
            return ExitCodes.DONE;
        }
        List<StackResource> resources = pulumi.resources();
        new Guard(workspace).pass("destroy", draft, plan(resources), confirm);
        workspace.preparation().docker();
        KeysKeeper keys = new KeysKeeper(workspace, pulumi);
        if (resources.stream().anyMatch(resource -> resource.kind().equals("VaultInit"))) {
            keys.save(); // where the last run was a plain pulumi up; also fails here on a wrong passphrase
        } else {
            pulumi.checkPassphrase();
        }
        // What lies inside the services goes with their volumes. Deleting it piece by piece first would need every
        // service up, and only add ways to fail.
        pulumi.forget(DestroyCommand::forgotten);
        pulumi.destroy();
        keys.retire();
        pulumi.removeStack();
        out.println("Destroyed. Pulumi.foundation.yaml and the passphrase are kept: older backups need their keys.");
        out.println("Vault's unseal keys are in it as foundation:retiredVaultUnsealKeys. `./foundation up` sets a new"
                + " foundation up.");
        return ExitCodes.DONE;
    }

    /** Everything but what Docker holds. The off-site bucket is left as it is, with or without its protection (P3). */
    static boolean forgotten(String type) {
        return FORGOTTEN.stream().anyMatch(type::startsWith);
    }

    /** What is lost: what holds data by name, all else by number. */
    static List<String> plan(List<StackResource> resources) {
        List<String> lines = new ArrayList<>(List.of("This deletes, and no command brings it back without a backup:"));
        List<String> kept = new ArrayList<>();
        Map<String, Integer> others = new TreeMap<>();
        for (StackResource resource : resources) {
            if (resource.type().startsWith("aws:")) {
                if (resource.type().startsWith("aws:s3/bucketV2:")) {
                    kept.add("Kept: the off-site bucket " + resource.id() + " with all backups; the state forgets it.");
                }
                continue;
            }
            switch (resource.kind()) {
                case "Volume" -> lines.add("volume " + resource.id() + ", with everything in it");
                case "S3Bucket" -> lines.add("bucket " + resource.id() + ", with every object and version in it");
                case "PostgresDatabase" -> lines.add("database " + resource.id() + ", with every row in it");
                case "ForgejoRepository" -> lines.add("repository " + resource.id() + ", and all others beside it");
                case "VaultInit" -> lines.add("Vault's initialisation, root token, and every secret in Vault");
                default -> {
                    if (resource.custom() && resource.type().startsWith("docker:")) {
                        others.merge(resource.kind(), 1, Integer::sum);
                    }
                }
            }
        }
        others.remove("RemoteImage"); // images stay, as a cache
        if (!others.isEmpty()) {
            lines.add("and "
                    + others.entrySet().stream()
                            .map(entry -> entry.getValue() + " x " + entry.getKey())
                            .collect(Collectors.joining(", ")));
        }
        lines.addAll(kept);
        lines.add("Kept: Pulumi.foundation.yaml with its keys, the passphrase, images and tools.");
        return lines;
    }
}
