package dev.foundation.plugin.postgres;

import dev.foundation.plugin.Problems;
import java.util.regex.Pattern;

/** What both types say of the server they live on. */
final class Server {
    /** Postgres cuts longer names without a word. */
    static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,62}");

    static final String NAME_RULE = "letters, digits, '_' and '-', a letter first, at most 63";

    private Server() {}

    static Problems check(String host, int port, String adminUser, String adminPassword) {
        return new Problems()
                .filled("host", host)
                .unless(port > 0 && port < 65_536, "port", "must be from 1 to 65535")
                .filled("adminUser", adminUser)
                .filled("adminPassword", adminPassword);
    }
}
