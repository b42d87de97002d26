package dev.foundation.proof;

import dev.foundation.secret.Secret;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A known secret reads, and is the right one: the restored Postgres lets in who has it, and nobody else. */
final class SecretCheck implements Check {
    private static final String NAME = "postgres/admin-credentials";
    private final Scratch.Safe safe;
    private final Scratch.Database database;

    SecretCheck(Scratch.Safe safe, Scratch.Database database) {
        this.safe = safe;
        this.database = database;
    }

    @Override
    public CheckName name() {
        return CheckName.VAULT_SECRET;
    }

    @Override
    public Looked run() throws IOException, InterruptedException {
        Optional<Scratch.Login> login = safe.postgresAdmin();
        if (login.isEmpty()) {
            return new Looked(1, List.of(ProofFinding.error(NAME, "is not in Vault, or lacks user or password")));
        }
        String user = login.get().user();
        if (!database.accepts(user, login.get().password())) {
            return new Looked(
                    1,
                    List.of(ProofFinding.error(
                            NAME, "Postgres does not let " + user + " in with the password that Vault has")));
        }
        // A server that lets in anybody would prove nothing.
        if (database.accepts(user, Secret.of("wrong-" + login.get().user()))) {
            return new Looked(1, List.of(ProofFinding.error(NAME, "Postgres lets " + user + " in with any password")));
        }
        return new Looked(1, List.of());
    }
}
