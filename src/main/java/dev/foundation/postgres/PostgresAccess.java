package dev.foundation.postgres;

/** Where a Postgres server is, and as which superuser to talk to it. Never prints its password. */
public record PostgresAccess(String host, int port, String user, String password) {
    @Override
    public String toString() {
        return user + " at " + host + ":" + port;
    }
}
