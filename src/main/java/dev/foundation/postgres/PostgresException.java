package dev.foundation.postgres;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;

/** Postgres refused, failed, or could not be reached. */
public final class PostgresException extends IOException {
    private static final long serialVersionUID = 1L;
    /** cannot_connect_now (starting up, shutting down), too_many_connections, admin_shutdown. */
    private static final Set<String> PASSING = Set.of("57P03", "53300", "57P01");

    private final String state;
    private final boolean mayPass;

    PostgresException(String action, PostgresAccess access, SQLException e) {
        super(action + " as " + access + ": " + advice(e), e);
        this.state = e.getSQLState() == null ? "" : e.getSQLState();
        this.mayPass = state.startsWith("08") || PASSING.contains(state);
    }

    private static String advice(SQLException e) {
        return switch (String.valueOf(e.getSQLState())) {
            case "28P01" -> "the password is wrong";
            case "3D000" -> "there is no such database";
            case "55006" -> "somebody is connected to it; stop the service that uses it";
            case "2BP01" -> "other objects depend on it; delete the databases that it owns first";
            case "42501" -> "no right to do this; the administrator must be a superuser";
            case "08001" -> "nothing answers there; is the Postgres container running?";
            // The server's own words; statements and their values are no part of them.
            default -> String.valueOf(e.getMessage());
        };
    }

    /** SQLSTATE, five characters; empty if there is none. */
    public String state() {
        return state;
    }

    /** Whether trying again in a while may help: the server is starting, or cannot be reached yet. */
    public static boolean isTransient(IOException e) {
        return e instanceof PostgresException p && p.mayPass;
    }
}
