package dev.foundation.cli;

import dev.foundation.kit.Proof;
import dev.foundation.kit.Sheet;
import dev.foundation.kit.StackSecrets;
import dev.foundation.kit.Verified;
import dev.foundation.objectstore.S3Access;
import dev.foundation.pulumi.Pulumi;
import dev.foundation.pulumi.PulumiSetting;
import dev.foundation.secret.PassphraseSource;
import dev.foundation.secret.Secret;
import dev.foundation.spec.BackupSpec;
import dev.foundation.spec.ConfigKeys;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.SpecDraft;
import dev.foundation.store.local.LocalStore;
import dev.foundation.store.s3.S3Store;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kit verify}. */
@Command(
        name = "verify",
        description = {
            "Type the secrets of the recovery sheet back, and prove them against the newest point.",
            "The passphrase opens the configuration, the identity the point, the reader's keys the off-site store.",
            "Each line is typed with its four check letters, unseen; without a terminal they are read from standard input.",
            "Exit code 0 if all holds, 1 if something does not. What holds is written down for `status` (kit.verified)."
        },
        footerHeading = "Examples:%n",
        footer = {
            "  ./foundation kit verify                      from paper, against the off-site store, or else the agent's",
            "  ./foundation kit verify --from /mnt/points   against a folder that holds the points"
        })
final class KitVerifyCommand implements Callable<Integer> {
    private final Workspace workspace;

    @Option(names = "--from", paramLabel = "FOLDER", description = "Read the newest point from this folder.")
    private @Nullable Path from;

    @Option(
            names = "--via-agent",
            description = "Read it through the agent, where this host cannot reach the off-site store itself.")
    private boolean viaAgent;

    KitVerifyCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        SpecDraft draft = workspace.settledDraft();
        FoundationSpec spec = draft.provisional();
        Optional<BackupSpec.OffSite> offSite = spec.backup().offSite();
        Secret<String> passphrase = Typed.secret(workspace.terminal(), Sheet.PASSPHRASE);
        Secret<String> identity = Typed.secret(workspace.terminal(), Sheet.IDENTITY);
        Optional<Secret<String>> accessKey = Optional.empty();
        Optional<Secret<String>> secretKey = Optional.empty();
        if (offSite.isPresent()) {
            accessKey = Optional.of(Typed.secret(workspace.terminal(), Sheet.ACCESS_KEY));
            secretKey = Optional.of(Typed.secret(workspace.terminal(), Sheet.SECRET_KEY));
        }
        StackSecrets secrets =
                StackSecrets.open("Pulumi.foundation.yaml", Files.readString(workspace.stackFile()), passphrase);
        proved("the passphrase opens Pulumi.foundation.yaml");
        FoundPoint point;
        if (from != null || viaAgent || offSite.isEmpty()) {
            if (accessKey.isPresent() && secretKey.isPresent()) {
                same(secrets, ConfigKeys.OFFSITE_READER_ACCESS_KEY, Sheet.ACCESS_KEY, accessKey.get());
                same(secrets, ConfigKeys.OFFSITE_READER_SECRET_KEY, Sheet.SECRET_KEY, secretKey.get());
                proved("the off-site reader's keys are those of the configuration (the off-site itself was not asked)");
            }
            point = from == null
                    ? FoundPoint.atAgent(AgentDoor.agent(workspace, spec), spec, PointArgument.LATEST)
                    : FoundPoint.in(folder(from), spec, PointArgument.LATEST);
            prove(point, passphrase, identity);
        } else {
            BackupSpec.OffSite place = offSite.get();
            var access = new S3Access(
                    URI.create(place.endpoint()),
                    place.region(),
                    accessKey.orElseThrow().expose(),
                    secretKey.orElseThrow().expose());
            try (var store = new S3Store("off-site", access, place.bucket(), place.pathStyle())) {
                point = FoundPoint.in(store, spec, PointArgument.LATEST);
                proved("the reader's keys on the paper get the points from " + point.place());
                prove(point, passphrase, identity);
            }
        }
        long sequence = point.signed().seal().sequence();
        Verified verified = Verified.of(LocalDate.now(Clock.systemUTC()), sequence, workspace.configuration());
        pulumi(draft, passphrase).set(ConfigKeys.KIT_VERIFIED, verified.text());
        workspace
                .terminal()
                .out()
                .println("The recovery sheet holds: with it, the point "
                        + point.signed().seal().point() + " (sequence " + sequence
                        + ") can be opened. Written into Pulumi.foundation.yaml as kit.verified: commit it.");
        return ExitCodes.DONE;
    }

    private void prove(FoundPoint point, Secret<String> passphrase, Secret<String> identity)
            throws IOException, InterruptedException {
        Proof.of(point.signed(), point.bytes(), passphrase, identity).forEach(this::proved);
    }

    private void proved(String what) {
        Terminal terminal = workspace.terminal();
        terminal.err().println(terminal.good("proved: ") + what);
    }

    static LocalStore folder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + " is no folder: give the one that holds blobs/ and the points' folders");
        }
        return new LocalStore("folder", folder.toAbsolutePath());
    }

    private static void same(StackSecrets secrets, String key, String name, Secret<String> typed) throws IOException {
        byte[] kept = secrets.find(key).map(Secret::expose).orElse("").strip().getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(kept, typed.expose().getBytes(StandardCharsets.UTF_8))) {
            throw new IOException("the " + name + " on the paper is not foundation:" + key
                    + " of the configuration: print a new sheet (./foundation kit export -o FILE)");
        }
    }

    /** With the passphrase that was typed: the machine's own need not be there. */
    private Pulumi pulumi(SpecDraft draft, Secret<String> passphrase) throws IOException, InterruptedException {
        PulumiSetting own = workspace.setting(draft, draft.site().orElseThrow());
        return new Pulumi(
                new PulumiSetting(
                        own.cli(),
                        own.environment(),
                        own.repository(),
                        own.backendUrl(),
                        new PassphraseSource.Environment(passphrase)),
                workspace.environment(),
                workspace.terminal().err());
    }
}
