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

/** A role that owns nothing but what is given to it. A role of that name that is there already is adopted. */
public final class PostgresRole implements ResourceHandler<PostgresRole.Inputs, PostgresRole.Outputs> {
    private static final Pattern PASSWORD = Pattern.compile("[!-~]{16,128}");

    /** @param login whether it may log in; true by default */
    public record Inputs(
            String host,
            int port,
            String adminUser,
            @Secret String adminPassword,
            @ReplaceOnChange String name,
            @Secret String password,
            Optional<Boolean> login) {
        boolean mayLogin() {
            return login.orElse(true);
        }

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
        return "foundation:index:PostgresRole";
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
                var found = admin.role(inputs.name());
                if (found.isEmpty()
                        || found.get().login() != inputs.mayLogin()
                        || !found.get().accepts(inputs.password())) {
                    admin.putRole(inputs.name(), inputs.password(), inputs.mayLogin());
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
            return admin.role(id).map(role -> {
                var now = new Inputs(
                        was.host(),
                        was.port(),
                        was.adminUser(),
                        was.adminPassword(),
                        was.name(),
                        role.accepts(was.password()) ? was.password() : "",
                        role.login() == was.mayLogin() ? was.login() : Optional.of(role.login()));
                return new Current<>(now, known.get().outputs());
            });
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
