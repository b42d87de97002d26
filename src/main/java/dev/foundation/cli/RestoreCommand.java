package dev.foundation.cli;

import dev.foundation.kit.StackSecrets;
import dev.foundation.recover.WrongKey;
import dev.foundation.restore.StagedPoint;
import dev.foundation.secret.Secret;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.SpecDraft;
import dev.foundation.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code restore}: a point into a folder, or a part of it over the foundation that runs, and back again. */
@Command(
        name = "restore",
        description = {
            "Restore one part of a point over the foundation that runs, or open a point into a new folder.",
            "",
            "Over what runs (--only, without --into): every byte is held against its seal first, what is overwritten is",
            "kept, and the command that undoes it is printed. Says what it will overwrite, and asks for the instance's name.",
            "",
            "Into a folder (--into): nothing else is touched. There will be postgres.sql, forgejo/,",
            "buckets/<bucket>/<key> (and buckets.jsonl), vault-raft.snap, pulumi-state.json. The folder appears when all",
            "of it is whole, for you alone to read: it holds live secrets."
        },
        footerHeading = "Examples:%n",
        footer = {
            "  ./foundation restore --point latest --into /srv/look",
            "  ./foundation restore --into /srv/look --only postgres --from /mnt/points",
            "  ./foundation restore --only postgres:forgejo --plan          what would be overwritten",
            "  ./foundation restore --point 20261121T030000Z --only forgejo:team/app",
            "  ./foundation restore --only bucket:forgejo-packages/team/",
            "  ./foundation restore --undo restore-20261121T091500Z         as it was before that restore"
        })
final class RestoreCommand implements Callable<Integer> {
    /** How the services that run are reached. */
    @FunctionalInterface
    interface Services {
        LiveServices open(Workspace workspace, SpecDraft draft, StackSecrets secrets);
    }

    private final Workspace workspace;
    private final Services services;
    private final Clock clock;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec command;

    @Option(
            names = "--point",
            paramLabel = "P",
            description = "A point; without it, the latest.",
            converter = PointArgument.class)
    private String point = PointArgument.LATEST;

    @Option(names = "--into", paramLabel = "FOLDER", description = "New, or empty.")
    private @Nullable Path into;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = {
                "postgres[:database], forgejo[:owner/repo], bucket[:name[/prefix]] or vault: one, over what runs.",
                "With --into: postgres, forgejo, buckets, vault or state; may be given several times."
            },
            converter = RestoreSelector.Argument.class)
    private List<RestoreSelector> only = List.of();

    @Option(
            names = "--from",
            paramLabel = "FOLDER",
            description = "Read the points from this folder, not through the agent.")
    private @Nullable Path from;

    @Option(names = "--plan", description = "Say what would be overwritten, and touch nothing.")
    private boolean plan;

    @Option(names = "--confirm", paramLabel = "INSTANCE", description = "Agree beforehand, by the instance's name.")
    private @Nullable String confirm;

    @Option(
            names = "--undo",
            paramLabel = "NAME",
            description = "Take a restore over what runs back, by the name that it has printed.")
    private @Nullable String undo;

    @Option(names = "--json", description = "Over what runs: print the events as JSON, one a line.")
    private boolean json;

    RestoreCommand(Workspace workspace) {
        this(workspace, RunningServices::new, Clock.systemUTC());
    }

    RestoreCommand(Workspace workspace, Services services, Clock clock) {
        this.workspace = workspace;
        this.services = services;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Exception {
        check();
        try {
            return into == null ? inPlace() : intoFolder(into);
        } catch (WrongKey e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    /** What goes together, before anything is read. */
    private void check() {
        if (undo != null) {
            usage(into == null && only.isEmpty() && from == null, "--undo goes with --plan, --confirm and --json only");
        } else if (into != null) {
            usage(!plan && confirm == null && !json, "--plan, --confirm and --json are for a restore over what runs");
            usage(
                    only.stream().allMatch(RestoreSelector::whole),
                    "--into opens whole parts: give --only without a colon, or leave out --into to restore over what runs");
        } else {
            usage(
                    only.size() == 1,
                    "give --into FOLDER to look at a point, or one --only PART to restore it over the foundation that"
                            + " runs: postgres[:database], forgejo[:owner/repo], bucket[:name[/prefix]] or vault");
            usage(
                    only.getFirst().part() != Unpacking.Part.state,
                    "the state is never restored over what runs: open it with --into, or see `./foundation recover`");
        }
    }

    private void usage(boolean right, String message) {
        if (!right) {
            throw new ParameterException(command.commandLine(), message);
        }
    }

    private int intoFolder(Path folder) throws Exception {
        var target = new IntoFolder(
                workspace.terminal(),
                folder,
                only.stream().map(RestoreSelector::part).toList());
        SpecDraft draft = workspace.settledDraft();
        target.open(found(draft.provisional()), identity(secrets(draft)));
        return ExitCodes.DONE;
    }

    private int inPlace() throws Exception {
        SpecDraft draft = workspace.settledDraft();
        FoundationSpec spec = draft.provisional();
        StackSecrets secrets = secrets(draft);
        Secret<String> identity = identity(secrets);
        var restore = new InPlaceRestore(
                workspace,
                draft,
                services.open(workspace, draft, secrets),
                identity,
                clock,
                new InPlaceRestore.Agreement(plan, confirm, json));
        if (undo != null) {
            return restore.undo(undo);
        }
        FoundPoint found = found(spec);
        var id = found.signed().seal().point();
        try (ObjectStore store = from == null
                ? new PointStore(found.signed(), found.bytes(), found.place())
                : KitVerifyCommand.folder(from)) {
            StagedPoint staged = StagedPoint.open(
                    store, id.toString(), FoundPoint.trust(spec).publicLines(), spec.instanceId(), identity);
            return restore.restore(staged, found.place(), only.getFirst());
        }
    }

    private FoundPoint found(FoundationSpec spec) throws IOException, InterruptedException {
        return from == null
                ? FoundPoint.atAgent(AgentDoor.agent(workspace, spec), spec, point)
                : FoundPoint.in(KitVerifyCommand.folder(from), spec, point);
    }

    private StackSecrets secrets(SpecDraft draft) throws IOException, InterruptedException {
        return StackSecrets.open(
                "Pulumi.foundation.yaml",
                Files.readString(workspace.stackFile()),
                workspace.passphrase(draft.provisional().instance()).passphrase());
    }

    private static Secret<String> identity(StackSecrets secrets) throws IOException {
        return secrets.find("backupAgeIdentity")
                .orElseThrow(
                        () -> new IOException("foundation:backupAgeIdentity is not in Pulumi.foundation.yaml: without"
                                + " it no artifact can be opened. Bring back the file of the last commit"));
    }
}
