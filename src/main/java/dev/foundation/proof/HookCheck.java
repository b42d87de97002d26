package dev.foundation.proof;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A push has its effect: without hooks git takes the commits all the same, and the server never hears of the branch. */
final class HookCheck implements Check {
    private final Scratch.Forge forge;
    private final String branch;
    private final Duration patience;

    /** @param branch a new name. @param patience how long the server may take to record a push */
    HookCheck(Scratch.Forge forge, String branch, Duration patience) {
        this.forge = forge;
        this.branch = branch;
        this.patience = patience;
    }

    @Override
    public CheckName name() {
        return CheckName.FORGEJO_HOOK;
    }

    @Override
    public Looked run() throws IOException, InterruptedException {
        if (forge.branch(branch).isPresent()) {
            return new Looked(
                    0, List.of(ProofFinding.error(forge.repository(), "has a branch " + branch + " already")));
        }
        try (Scratch.Clone clone = forge.copy()) {
            String commit = clone.push(branch);
            long end = System.nanoTime() + patience.toNanos();
            Optional<String> seen = forge.branch(branch);
            while (!seen.equals(Optional.of(commit)) && System.nanoTime() < end) {
                Thread.sleep(200);
                seen = forge.branch(branch);
            }
            return new Looked(
                    1,
                    seen.equals(Optional.of(commit))
                            ? List.of()
                            : List.of(ProofFinding.error(
                                    forge.repository(),
                                    "git took the push of " + branch
                                            + ", and the server never heard of it: its hooks do not run (`admin"
                                            + " regenerate hooks`)")));
        }
    }
}
