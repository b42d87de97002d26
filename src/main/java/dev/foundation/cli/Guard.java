package dev.foundation.cli;

import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.SpecDraft;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Before destructive work: says what will happen, where and to what, and wants the instance's name typed or passed (S2). */
final class Guard {
    private final Workspace workspace;

    Guard(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * @param action as a command's name, such as {@code destroy}
     * @param plan what will happen, line by line
     * @param confirmed the value of {@code --confirm}
     * @throws Refused unless the instance's name was given
     */
    void pass(String action, SpecDraft draft, List<String> plan, @Nullable String confirmed) throws IOException {
        FoundationSpec spec = draft.provisional();
        Terminal terminal = workspace.terminal();
        String instance = spec.instance().value();
        terminal.err()
                .println(terminal.strong(action + ": foundation \"" + instance + "\" (id " + spec.instanceId()
                        + ") on host " + Workspace.host() + ", stack foundation in " + workspace.backendUrl(draft)));
        plan.forEach(line -> terminal.err().println("  " + line));
        if (confirmed != null) {
            if (!confirmed.equals(instance)) {
                throw new Refused(action + " was refused: --confirm says \"" + confirmed
                        + "\", and this foundation is \"" + instance + "\". Nothing was touched.");
            }
            return;
        }
        if (!terminal.interactive()) {
            throw new Refused(action + " was refused: no one is here to agree. Pass --confirm " + instance
                    + ". Nothing was touched.");
        }
        terminal.err().print("Type " + instance + " to go on: ");
        terminal.err().flush();
        if (!terminal.readLine().equals(instance)) {
            throw new Refused(
                    action + " was refused: the name that was typed is not \"" + instance + "\". Nothing was touched.");
        }
    }
}
