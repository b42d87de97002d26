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

/** A database that only its owner (and the administrator) can connect to: UTF8, from {@code template0}. One that is there is adopted. */
public final class PostgresDatabase implements ResourceHandler<PostgresDatabase.Inputs, PostgresDatabase.Outputs> {
    /** @param forceDestroy whether deleting the resource may drop tables; false by default */
    public record Inputs(
            String host,
            int port,
            String adminUser,
            @Secret String adminPassword,
            @ReplaceOnChange String name,
            String owner,
            Optional<Boolean> forceDestroy) {
        PostgresAdmin connect() throws PostgresException {
            return PostgresAdmin.connect(new PostgresAccess(host, port, adminUser, adminPassword));
        }

        @Override
        public String toString() {
            return "database " + name + " at " + host + ":" + port;
        }
    }

    /**
     * @param databaseName the database's name, for resources that must wait for it
     * @param open whether others than the owner may connect, which is mended when it is seen
     */
    public record Outputs(String databaseName, boolean open) {}

    @Override
    public String token() {
        return "foundation:index:PostgresDatabase";
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
                        !List.of("postgres", "template0", "template1").contains(inputs.name()),
                        "name",
                        "is one of Postgres's own databases")
                .matching("owner", inputs.owner(), Server.NAME, Server.NAME_RULE)
                .list();
    }

    /** Only what a refresh has seen; nothing is asked of the server here. */
    @Override
    public Optional<String> drift(String id, Inputs inputs, Outputs state) {
        return state.open() ? Optional.of("everybody may connect to the database") : Optional.empty();
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        Patience.wait(Patience.USUAL, run, PostgresException::isTransient, () -> {
            try (var admin = inputs.connect()) {
                bring(admin, inputs);
                return true;
            }
        });
        return new Created<>(inputs.name(), new Outputs(inputs.name(), false));
    }

    private static void bring(PostgresAdmin admin, Inputs inputs) throws IOException {
        if (admin.role(inputs.owner()).isEmpty()) {
            throw new IOException("database " + inputs.name() + ": its owner, role " + inputs.owner()
                    + ", does not exist; declare it as a PostgresRole and depend on it");
        }
        var found = admin.database(inputs.name());
        if (found.isEmpty()) {
            admin.createDatabase(inputs.name(), inputs.owner());
        } else if (!found.get().encoding().equals("UTF8")) {
            throw new IOException("database " + inputs.name() + " exists in encoding "
                    + found.get().encoding() + " instead of UTF8, which cannot be changed; rename or drop it");
        } else if (!found.get().owner().equals(inputs.owner())) {
            admin.setOwner(inputs.name(), inputs.owner());
        }
        if (found.isEmpty() || found.get().open()) {
            admin.closeToOthers(inputs.name());
        }
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException {
        if (known.isEmpty()) {
            throw new IOException("database " + id
                    + " needs no import: declare it and run up, which adopts a database that is there");
        }
        var was = known.get().inputs();
        try (var admin = was.connect()) {
            return admin.database(id)
                    .map(found -> new Current<>(
                            new Inputs(
                                    was.host(),
                                    was.port(),
                                    was.adminUser(),
                                    was.adminPassword(),
                                    was.name(),
                                    found.owner(),
                                    was.forceDestroy()),
                            new Outputs(id, found.open())));
        }
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run)
            throws IOException, InterruptedException {
        return create(inputs, run).outputs();
    }

    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) throws IOException, InterruptedException {
        boolean force = old.inputs().forceDestroy().orElse(false);
        Patience.wait(Patience.USUAL, run, PostgresException::isTransient, () -> {
            try (var admin = old.inputs().connect()) {
                if (admin.database(id).isEmpty()) {
                    return true;
                }
                long tables = force ? 0 : admin.tables(id);
                if (tables > 0) {
                    throw new IOException("database " + id + " holds " + tables
                            + " tables and was kept: drop them first, or set forceDestroy, run up, and delete again");
                }
                admin.dropDatabase(id, force);
                return true;
            }
        });
    }
}
