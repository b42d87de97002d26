package dev.foundation.cli;

import dev.foundation.bundle.Manifest;
import dev.foundation.kit.StackSecrets;
import dev.foundation.secret.Secret;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.SpecDraft;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code restore --into}: opens a point into a folder and touches nothing else. */
@Command(
        name = "restore",
        description = {
            "Open a point into a new folder, every byte held against its seal; nothing else is touched.",
            "There will be postgres.sql, forgejo/, buckets/<bucket>/<key> (and buckets.jsonl), vault-raft.snap,",
            "pulumi-state.json. The folder appears when all of it is whole, for you alone to read: it holds live secrets."
        },
        footerHeading = "Examples:%n",
        footer = {
            "  ./foundation restore --point latest --into /srv/look",
            "  ./foundation restore --into /srv/look --only postgres --from /mnt/points"
        })
final class RestoreCommand implements Callable<Integer> {
    private final Workspace workspace;

    @Option(
            names = "--point",
            paramLabel = "P",
            description = "A point; without it, the latest.",
            converter = PointArgument.class)
    private String point = PointArgument.LATEST;

    @Option(names = "--into", required = true, paramLabel = "FOLDER", description = "New, or empty.")
    private Path into = Path.of("");

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "postgres, forgejo, buckets, vault or state; may be given several times.")
    private List<Unpacking.Part> only = List.of();

    @Option(
            names = "--from",
            paramLabel = "FOLDER",
            description = "Read the points from this folder, not through the agent.")
    private @Nullable Path from;

    RestoreCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        Path target = into.toAbsolutePath().normalize();
        free(target);
        SpecDraft draft = workspace.settledDraft();
        FoundationSpec spec = draft.provisional();
        Secret<String> identity = StackSecrets.open(
                        "Pulumi.foundation.yaml",
                        Files.readString(workspace.stackFile()),
                        workspace.passphrase(spec.instance()).passphrase())
                .find("backupAgeIdentity")
                .orElseThrow(
                        () -> new IOException("foundation:backupAgeIdentity is not in Pulumi.foundation.yaml: without"
                                + " it no artifact can be opened. Bring back the file of the last commit"));
        FoundPoint found = from == null
                ? FoundPoint.atAgent(AgentDoor.agent(workspace, spec), spec, point)
                : FoundPoint.in(KitVerifyCommand.folder(from), spec, point);
        Path part = Files.createTempDirectory(
                target.getParent(), "." + target.getFileName() + ".", owner()); // on the same disk
        try {
            List<String> missing = unpack(new Unpacking(found, identity, part, this::told));
            free(target);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE); // over an empty folder, too
            Terminal terminal = workspace.terminal();
            missing.forEach(each -> terminal.err().println("the point has no " + each));
            terminal.out()
                    .println(found.signed().seal().point() + " from " + found.place() + " is in " + into
                            + ", as it was sealed. It holds live secrets: remove it when you are done.");
            return ExitCodes.DONE;
        } finally {
            remove(part);
        }
    }

    private List<String> unpack(Unpacking unpacking) throws IOException, InterruptedException {
        Manifest manifest = unpacking.manifest();
        List<String> missing = new ArrayList<>();
        for (Unpacking.Part each : Unpacking.Part.values()) {
            if ((only.isEmpty() || only.contains(each)) && !unpacking.unpack(manifest, each)) {
                missing.add(each.name());
            }
        }
        if (!only.isEmpty() && missing.size() == only.stream().distinct().count()) {
            throw new IOException("the point has no " + String.join(", ", missing) + ": nothing was written");
        }
        return missing;
    }

    private void told(String line) {
        workspace.terminal().err().println("restore: " + line);
    }

    private static void free(Path target) throws IOException {
        Path parent = target.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new IOException("the folder above " + target + " is not there: make it first");
        }
        if (Files.isSymbolicLink(target) || (Files.exists(target) && !Files.isDirectory(target))) {
            throw new Refused(target + " is no folder, and was not touched: give a new one");
        }
        if (Files.isDirectory(target)) {
            try (Stream<Path> inside = Files.list(target)) {
                if (inside.findAny().isPresent()) {
                    throw new Refused(target + " is not empty, and was not touched: give a new folder");
                }
            }
        }
    }

    private static FileAttribute<?> owner() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    }

    /** What a failure leaves; follows no link. */
    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @Nullable IOException problem) throws IOException {
                Files.delete(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
