package dev.foundation.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.foundation.bundle.BundleId;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.stream.Digesting;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code before-apply <service>} (R7.3): a person runs it; nothing else does. */
@Command(
        name = "before-apply",
        description = {
            "Back one service up before a risky change, now, into a file of this host. Restarts and changes nothing.",
            "The file is mode 0600, with its sha256 beside it, and sealed to backupAgeRecipient: a plain dump would lay",
            "live secrets on the disk. It is no recovery point, for it lies on this disk alone.",
            "Prints the command that restores it."
        },
        footerHeading = "Examples:%n",
        footer = "  ./foundation before-apply postgres           before a migration")
final class BeforeApplyCommand implements Callable<Integer> {
    /** What can be backed up, and how its file is called. */
    enum Service {
        vault("vault", "snap"),
        postgres("postgres", "sql.gz"),
        s3("s3", "tar.zst"),
        forgejo("forgejo", "tar.zst");

        private final String source;
        private final String extension;

        Service(String source, String extension) {
            this.source = source;
            this.extension = extension;
        }
    }

    private final Workspace workspace;

    @Parameters(index = "0", paramLabel = "SERVICE", description = "vault, postgres, s3 or forgejo.")
    private Service service = Service.vault;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    BeforeApplyCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        FoundationSpec spec = workspace.settledDraft().provisional();
        AgentDoor door = AgentDoor.agent(workspace, spec);
        Instant now = Clock.systemUTC().instant();
        Path folder = folder(workspace, spec);
        String name = service + "-" + new BundleId(now) + "." + service.extension + ".age";
        Path file = folder.resolve(name);
        long size;
        String sha256;
        try (NewFile made = NewFile.of(file);
                AgentCall call = door.live(service.source);
                Digesting sealed = new Digesting(call.body());
                OutputStream target = made.stream()) {
            sealed.transferTo(target);
            target.flush();
            size = sealed.size();
            sha256 = sealed.sha256().hex();
            made.publish();
        }
        try (NewFile made = NewFile.of(folder.resolve(name + ".sha256"));
                OutputStream target = made.stream()) {
            target.write((sha256 + "  " + name + "\n").getBytes(StandardCharsets.US_ASCII));
            target.flush();
            made.publish();
        }
        told(file, size, sha256, BeforeApplyRestore.command(service, spec, file));
        return ExitCodes.DONE;
    }

    private void told(Path file, long size, String sha256, String command) {
        Terminal terminal = workspace.terminal();
        if (json) {
            terminal.out()
                    .println(AgentJson.pretty(JsonNodeFactory.instance
                            .objectNode()
                            .put("service", service.name())
                            .put("file", file.toString())
                            .put("size", size)
                            .put("sha256", sha256)
                            .put("restore", command)));
            return;
        }
        terminal.out()
                .println(service + " is in " + file + " (" + Quantity.bytes(size) + "), sealed to backupAgeRecipient.");
        terminal.out()
                .println("IDENTITY is a file with backupAgeIdentity (pulumi config get foundation:backupAgeIdentity)."
                        + " To restore it over what is there then:");
        terminal.out().println();
        terminal.out().println("  " + command.replace("\n", "\n  "));
        note(service).ifPresent(note -> {
            terminal.out().println();
            terminal.out().println(note);
        });
    }

    private static Optional<String> note(Service service) {
        return switch (service) {
            case vault -> Optional.of("It wants VAULT_ADDR and VAULT_TOKEN of the Vault it was taken from, unsealed.");
            case postgres -> Optional.empty();
            case s3 ->
                Optional.of(
                        "It wants AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_DEFAULT_REGION. Objects that came since stay;"
                                + " a content type comes from the object's name, and other metadata is not in this file.");
            case forgejo ->
                Optional.of(
                        "Run it as root. That is Forgejo's volume; what it replaces stays beside it (_data.before-...)"
                                + " until you delete it. Its database is in postgres, its objects in s3: take those before a change"
                                + " of all three.");
        };
    }

    /** For its owner alone, and not where git, a volume or another program would take it along. */
    static Path folder(Workspace workspace, FoundationSpec spec) throws IOException {
        Path folder = workspace.preparation().stateFolder(spec.instance()).resolve("before-apply");
        Files.createDirectories(folder);
        if (folder.toRealPath().startsWith(workspace.repository().toRealPath())) {
            throw new Refused("this was refused: " + folder + " lies in the repository, where the next `git add`"
                    + " would take it along. Set FOUNDATION_STATE to a folder outside it. Nothing was written.");
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        return folder;
    }
}
