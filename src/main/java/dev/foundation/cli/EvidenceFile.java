package dev.foundation.cli;

import dev.foundation.event.RunEvent;
import dev.foundation.proof.Evidence;
import dev.foundation.proof.Proofs;
import dev.foundation.seal.SealKey;
import dev.foundation.secret.Secret;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.stream.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Evidence of a proof or a drill, signed and kept (P1): JSON, its signature, and Markdown for people. */
final class EvidenceFile {
    private final Workspace workspace;
    private final FoundationSpec spec;
    private final Consumer<RunEvent> events;

    EvidenceFile(Workspace workspace, FoundationSpec spec, Consumer<RunEvent> events) {
        this.workspace = workspace;
        this.spec = spec;
        this.events = events;
    }

    /**
     * On this machine and, by the agent, beside the points. An agent that does not answer makes it no less true, but it is told.
     *
     * @param key {@code sealSigningKey}
     * @param folder of the instance's state, such as {@code proofs}
     */
    void keep(Evidence evidence, Secret<String> key, String folder) throws IOException, InterruptedException {
        String signature = evidence.sign(SealKey.of(key));
        Path into = Files.createDirectories(
                workspace.preparation().stateFolder(spec.instance()).resolve(folder));
        String name = String.valueOf(Path.of(Proofs.base(evidence)).getFileName());
        Path file = into.resolve(name + ".json");
        WholeFile.write(file, evidence.bytes());
        WholeFile.write(into.resolve(name + ".json.sig"), signature.getBytes(StandardCharsets.US_ASCII));
        WholeFile.write(into.resolve(name + ".md"), evidence.markdown().getBytes(StandardCharsets.UTF_8));
        workspace.terminal().err().println("Evidence: " + file);
        try {
            String said = AgentDoor.agent(workspace, spec).evidence(evidence.bytes(), signature);
            events.accept(new RunEvent.Noted(
                    "the agent keeps the evidence beside the points" + (said.isEmpty() ? "" : ": " + said)));
        } catch (AgentException e) {
            events.accept(new RunEvent.Warned(
                    "the evidence is on this machine only, the agent did not take it: " + e.words()));
        }
    }

    /** Printed for a person or, canonical, for a program. @return the exit code */
    static int shown(Evidence evidence, Terminal terminal, boolean json) {
        terminal.out()
                .println(
                        json
                                ? new String(evidence.bytes(), StandardCharsets.UTF_8).stripTrailing()
                                : evidence.markdown());
        return evidence.verdict() == Evidence.Verdict.GREEN ? ExitCodes.DONE : ExitCodes.FAILED;
    }
}
