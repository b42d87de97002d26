package dev.foundation.cli;

import dev.foundation.pulumi.Pulumi;
import dev.foundation.pulumi.PulumiSetting;
import dev.foundation.secret.PassphraseFile;
import dev.foundation.secret.Secret;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.SpecDraft;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code keys rotate}: a key's next generation; the older ones stay for the points that need them (K1). */
@Command(
        name = "rotate",
        description = {
            "Make the next generation of a key, or of the passphrase. Older ones are kept, encrypted, beside it.",
            "Every point that was taken before can still be checked, opened and recovered. What somebody who has",
            "the old key could open stays open to them: old points and commits are not encrypted anew."
        },
        footerHeading = "Examples:%n",
        footer = {
            "  ./foundation keys rotate identity     what points are sealed to",
            "  ./foundation keys rotate seal         what they are signed with",
            "  ./foundation keys rotate passphrase   what Pulumi.foundation.yaml and Pulumi's state are under",
            "  ./foundation keys rotate unseal       what opens Vault; it must be running"
        })
final class KeysRotateCommand implements Callable<Integer> {
    /** What can be rotated. */
    enum Key {
        identity,
        seal,
        passphrase,
        unseal
    }

    private final Workspace workspace;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Parameters(index = "0", paramLabel = "KEY", description = "identity, seal, passphrase or unseal.")
    @SuppressWarnings("NullAway.Init")
    private Key key;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "The new passphrase, in a file of mode 0600. Without it, ten random words are made.")
    private @Nullable Path from;

    KeysRotateCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        if (from != null && key != Key.passphrase) {
            throw new ParameterException(spec.commandLine(), "--from is for the passphrase; a key is always made");
        }
        SpecDraft draft = workspace.settledDraft();
        PulumiSetting setting = workspace.setting(draft, draft.site().orElseThrow());
        try (Alone alone = Alone.orRefused(
                workspace.preparation().sharedFolders(draft.provisional().instance()),
                Clock.systemUTC(),
                "keys rotate")) {
            KeyRotation rotation = new KeyRotation(workspace, setting, new SecureRandom());
            List<String> told = switch (key) {
                case identity -> rotation.identity();
                case seal -> rotation.seal();
                case passphrase -> rotation.passphrase(given());
                case unseal -> unseal(draft.provisional(), setting);
            };
            told.forEach(workspace.terminal().out()::println);
        }
        return ExitCodes.DONE;
    }

    private List<String> unseal(FoundationSpec spec, PulumiSetting setting) throws Exception {
        if (!spec.vault().enabled()) {
            throw new Refused(
                    "Vault is switched off in Pulumi.foundation.yaml, so it has no unseal keys. Nothing was touched.");
        }
        return new UnsealRotation(
                        workspace.pulumi(setting, Pulumi.STACK),
                        RunningServices.vault(spec),
                        workspace.preparation().stateFolder(spec.instance()).resolve("rekey"))
                .run(spec.vault().shares(), spec.vault().threshold());
    }

    private Optional<Secret<String>> given() throws Exception {
        return from == null ? Optional.empty() : Optional.of(new PassphraseFile(from, workspace.repository()).read());
    }
}
