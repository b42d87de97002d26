package dev.foundation.postgres;

/** Quoting, for the statements that take no parameters. */
public final class Sql {
    private Sql() {}

    /** A name as an identifier, with its case kept. */
    public static String name(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a Postgres name must not be empty or hold a zero character");
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A text as a literal, read the same whatever {@code standard_conforming_strings} says. */
    public static String text(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a Postgres text must not hold a zero character");
        }
        var doubled = text.replace("'", "''");
        return text.indexOf('\\') < 0 ? "'" + doubled + "'" : " E'" + doubled.replace("\\", "\\\\") + "'";
    }
}
