package dev.foundation.plugin.postgres;

import dev.foundation.plugin.Patience;
import dev.foundation.plugin.Problem;
import dev.foundation.plugin.ReplaceOnChange;
import dev.foundation.plugin.ResourceHandler;
import dev.foundation.plugin.Run;
import dev.foundation.plugin.Secret;
import dev.foundation.postgres.PostgresAccess;
import dev.foundation.postgres.PostgresAdmin;
import dev.foundation.postgres.PostgresException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A role that may read every database and write nothing, for backups (P4). A role of that name that is there already is adopted. */
public final class PostgresReader implements ResourceHandler<PostgresReader.Inputs, PostgresReader.Outputs> {
    private static final Pattern PASSWORD = Pattern.compile("[!-~]{16,128}");

    public record Inputs(
            String host,
            int port,
            String adminUser,
            @Secret String adminPassword,
            @ReplaceOnChange String name,
            @Secret String password) {
        PostgresAdmin connect() throws PostgresException {
            return PostgresAdmin.connect(new PostgresAccess(host, port, adminUser, adminPassword));
        }

        @Override
        public String toString() {
            return "role " + name + " at " + host + ":" + port;
        }
    }

    /** @param roleName the role's name, for resources that must wait for it */
    public record Outputs(String roleName) {}

    @Override
    public String token() {
        return "foundation:index:PostgresReader";
    }

    @Override
    public Class<Inputs> inputs() {
        return Inputs.class;
    }

    @Override
    public Class<Outputs> outputs() {
        return Outputs.class;
    }

    @Override
    public List<Problem> check(Inputs inputs) {
        return Server.check(inputs.host(), inputs.port(), inputs.adminUser(), inputs.adminPassword())
                .matching("name", inputs.name(), Server.NAME, Server.NAME_RULE)
                .unless(
                        !inputs.name().startsWith("pg_"),
                        "name",
                        "must not start with pg_, which Postgres keeps for itself")
                .unless(
                        !inputs.name().equals(inputs.adminUser()),
                        "name",
                        "is the administrator's own name: choose another")
                .unless(
                        PASSWORD.matcher(inputs.password()).matches(),
                        "password",
                        "must have 16 to 128 printable ASCII characters without spaces")
                .list();
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        Patience.wait(Patience.USUAL, run, PostgresException::isTransient, () -> {
            try (var admin = inputs.connect()) {
                boolean known = admin.role(inputs.name())
                        .filter(role -> role.accepts(inputs.password()))
                        .isPresent();
                if (!known || !admin.isReader(inputs.name())) {
                    admin.putReader(inputs.name(), inputs.password());
                }
                return true;
            }
        });
        return new Created<>(inputs.name(), new Outputs(inputs.name()));
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException {
        if (known.isEmpty()) {
            throw new IOException(
                    "role " + id + " needs no import: declare it and run up, which adopts a role that is there");
        }
        var was = known.get().inputs();
        try (var admin = was.connect()) {
            var role = admin.role(id);
            if (role.isEmpty()) {
                return Optional.empty();
            }
            // A role that lost a right shows as one whose password must be set again: both are mended by the same
            // update.
            boolean whole = role.get().accepts(was.password()) && admin.isReader(id);
            var now = new Inputs(
                    was.host(),
                    was.port(),
                    was.adminUser(),
                    was.adminPassword(),
                    was.name(),
                    whole ? was.password() : "");
            return Optional.of(new Current<>(now, known.get().outputs()));
        }
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run)
            throws IOException, InterruptedException {
        return create(inputs, run).outputs();
    }

    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) throws IOException, InterruptedException {
        Patience.wait(Patience.USUAL, run, PostgresException::isTransient, () -> {
            try (var admin = old.inputs().connect()) {
                admin.dropRole(id);
                return true;
            }
        });
    }
}
