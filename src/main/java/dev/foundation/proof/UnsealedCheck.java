package dev.foundation.proof;

import java.io.IOException;
import java.util.List;

/** Vault is unsealed and active. */
final class UnsealedCheck implements Check {
    private final Scratch.Safe safe;

    UnsealedCheck(Scratch.Safe safe) {
        this.safe = safe;
    }

    @Override
    public CheckName name() {
        return CheckName.VAULT_UNSEALED;
    }

    @Override
    public Looked run() throws IOException, InterruptedException {
        return new Looked(
                1,
                safe.trouble()
                        .map(each -> List.of(ProofFinding.error("", each)))
                        .orElse(List.of()));
    }
}
