package dev.foundation.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.age.AgeIdentity;
import dev.foundation.event.RunEvent;
import dev.foundation.secret.Secret;
import dev.foundation.spec.SpecDraft;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code extract P artifact [path] -o FILE}: one artifact in clear, or one file of it. */
@Command(
        name = "extract",
        description = {
            "Get one artifact of a point, checked against its seal and opened; or one file of an archive.",
            "It comes as it was before it was sealed: postgres.sql.gz is still gzip. The file appears when it is",
            "whole, for you alone to read; -o - streams, and a failure at the end says that it cannot be trusted."
        },
        footerHeading = "Examples:%n",
        footer = {
            "  ./foundation extract latest postgres.sql.gz -o dump.sql.gz",
            "  ./foundation extract latest postgres.sql.gz -o - | gunzip | less",
            "  ./foundation extract latest forgejo-repos.tar.zst gitea/conf/app.ini -o app.ini"
        })
final class ExtractCommand implements Callable<Integer> {
    private static final String IDENTITY = "backupAgeIdentity";

    private final Workspace workspace;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Parameters(index = "0", paramLabel = "P", description = "A point, or latest.", converter = PointArgument.class)
    private String point = PointArgument.LATEST;

    @Parameters(index = "1", paramLabel = "artifact", description = "Such as postgres.sql.gz; `show P` lists them.")
    private String artifact = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "path", description = "A file in a .tar.zst artifact.")
    private String member = "";

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "Where to; must not be there yet. - is standard output.")
    private String output = "";

    @Option(names = "--json", description = "Print what was extracted as JSON.")
    private boolean json;

    ExtractCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        if (json && output.equals("-")) {
            throw new ParameterException(spec.commandLine(), "--json and -o - both want standard output: choose one");
        }
        if (!member.isEmpty() && !artifact.replaceFirst("\\.age$", "").endsWith(".tar.zst")) {
            throw new ParameterException(
                    spec.commandLine(), artifact + " is no archive: only a .tar.zst has files to be named");
        }
        SpecDraft draft = workspace.settledDraft();
        AgentDoor door = AgentDoor.agent(workspace, draft.provisional());
        String id = PointArgument.resolve(door, point);
        JsonNode answer = AgentJson.tree(door.get("/point?id=" + id, AgentDoor.USUAL));
        SealedArtifact found = SealedArtifact.find(answer.path("seal"), artifact);
        Terminal terminal = workspace.terminal();
        if (output.equals("-")) {
            copy(door, id, found, draft, terminal.out());
            terminal.out().flush();
            if (terminal.out().checkError()) {
                throw new IOException("standard output was closed before all of " + found.plainName() + " was written");
            }
            return ExitCodes.DONE;
        }
        Path file = Path.of(output);
        try (NewFile made = NewFile.of(file);
                OutputStream target = made.stream()) {
            copy(door, id, found, draft, target);
            target.flush();
            made.publish();
        }
        told(id, found, file);
        return ExitCodes.DONE;
    }

    private void copy(AgentDoor door, String id, SealedArtifact found, SpecDraft draft, OutputStream target)
            throws Exception {
        List<Secret<String>> identities = found.closed() ? AgeIdentity.lines(identity(draft)) : List.of();
        try (RunView view = json
                ? new RunView() {
                    @Override
                    public void event(RunEvent event) {
                        // The answer is one object, at the end.
                    }
                }
                : new RunProgress("extract", workspace.terminal(), System::nanoTime)) {
            new Extraction(door, view).copy(id, found, identities, member, target);
        }
    }

    /** From the configuration, with the passphrase (R2.4): Vault need not be there. */
    private Secret<String> identity(SpecDraft draft) throws Exception {
        if (!workspace.configuration().has(IDENTITY)) {
            throw new IOException("foundation:" + IDENTITY
                    + " is not in Pulumi.foundation.yaml: without it no artifact can be opened. Bring back the file of"
                    + " the last commit");
        }
        return workspace.pulumi(draft, draft.site().orElseThrow()).config(IDENTITY);
    }

    private void told(String id, SealedArtifact found, Path file) throws IOException {
        Terminal terminal = workspace.terminal();
        long size = Files.size(file);
        if (json) {
            ObjectNode told = JsonNodeFactory.instance
                    .objectNode()
                    .put("point", id)
                    .put("artifact", found.plainName())
                    .put("file", file.toString())
                    .put("size", size)
                    .put("sealedSize", found.size())
                    .put("sealedSha256", found.sha256().hex());
            if (!member.isEmpty()) {
                told.put("path", member);
            }
            terminal.out().println(AgentJson.pretty(told));
        } else {
            terminal.out()
                    .println((member.isEmpty() ? found.plainName() : member) + " of " + id + " is in " + file + " ("
                            + Quantity.bytes(size) + "), as it was sealed.");
        }
    }
}
