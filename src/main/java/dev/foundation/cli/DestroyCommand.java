package dev.foundation.cli;

import dev.foundation.pulumi.Pulumi;
import dev.foundation.pulumi.StackResource;
import dev.foundation.spec.FoundationSpec;
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
            "Pulumi.foundation.yaml and the passphrase stay: they open older backups."
        })
final class DestroyCommand implements Callable<Integer> {
    private final Workspace workspace;

    @Option(names = "--confirm", paramLabel = "INSTANCE", description = "Agree beforehand, by the instance's name.")
    private @Nullable String confirm;

    DestroyCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        SpecDraft draft = workspace.settledDraft();
        FoundationSpec spec = draft.provisional();
        Pulumi pulumi = workspace.pulumi(spec.instance(), draft.site().orElseThrow());
        PrintStream out = workspace.terminal().out();
        List<StackResource> resources = pulumi.stackExists() ? pulumi.resources() : List.of();
        if (resources.isEmpty()) {
            out.println("There is nothing to destroy: the state knows no resource of this foundation.");
            return ExitCodes.DONE;
        }
        new Guard(workspace).pass("destroy", spec, plan(resources), confirm);
        workspace.preparation().docker();
        pulumi.destroy();
        out.println("Destroyed. Pulumi.foundation.yaml and the passphrase are kept: older backups need their keys.");
        return ExitCodes.DONE;
    }

    /** What is lost: what holds data by name, all else by number. */
    static List<String> plan(List<StackResource> resources) {
        List<String> lines = new ArrayList<>(List.of("This deletes, and no command brings it back without a backup:"));
        Map<String, Integer> others = new TreeMap<>();
        for (StackResource resource : resources) {
            switch (resource.kind()) {
                case "Volume" -> lines.add("volume " + resource.id() + ", with everything in it");
                case "Bucket" -> lines.add("bucket " + resource.id() + ", with every object and version in it");
                case "VaultInit" -> lines.add("Vault's keys and root token in the state; Vault's data with its volume");
                default -> {
                    if (resource.custom()) {
                        others.merge(resource.kind(), 1, Integer::sum);
                    }
                }
            }
        }
        if (!others.isEmpty()) {
            lines.add("and "
                    + others.entrySet().stream()
                            .map(entry -> entry.getValue() + " x " + entry.getKey())
                            .collect(Collectors.joining(", ")));
        }
        return lines;
    }
}
