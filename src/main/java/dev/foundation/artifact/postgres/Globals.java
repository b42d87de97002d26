package dev.foundation.artifact.postgres;

import dev.foundation.postgres.Sql;
import java.io.IOException;
import java.util.List;

/**
 * What {@code pg_dumpall --globals-only} printed, changed in one place: the bootstrap role is made only where it is missing, for every server
 * already has one and {@code CREATE ROLE} would stop a restore under {@code ON_ERROR_STOP} (P4). Its attributes and password stay.
 */
final class Globals {
    private Globals() {}

    /**
     * @param script one byte a character
     * @param bootstrap the source's, and the one that the server of a restore has
     */
    static String rewrite(String script, List<String> bootstrap) throws IOException {
        var out = new StringBuilder(script.length() + 256);
        boolean single = false;
        boolean quoted = false;
        for (int start = 0; start < script.length(); ) {
            int end = script.indexOf('\n', start) + 1;
            end = end == 0 ? script.length() : end;
            String line = script.substring(start, end);
            boolean inside = single || quoted;
            String role = inside ? "" : created(line, bootstrap);
            out.append(role.isEmpty() ? line : conditional(role));
            if (inside || !line.startsWith("--")) {
                for (int i = 0; i < line.length(); i++) {
                    char c = line.charAt(i);
                    single ^= c == '\'' && !quoted;
                    quoted ^= c == '"' && !single;
                }
            }
            start = end;
        }
        if (single || quoted) {
            throw new IOException("pg_dumpall printed a quote that never closes: its output cannot be trusted");
        }
        return out.toString();
    }

    private static String created(String line, List<String> bootstrap) {
        for (String role : bootstrap) {
            if (line.equals("CREATE ROLE " + role + ";\n") || line.equals("CREATE ROLE " + Sql.name(role) + ";\n")) {
                return role;
            }
        }
        return "";
    }

    private static String conditional(String role) {
        return "DO $foundation$BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '"
                + role.replace("'", "''") + "') THEN CREATE ROLE " + Sql.name(role) + "; END IF; END$foundation$;\n";
    }
}
