package dev.foundation.artifact.postgres;

import java.util.regex.Pattern;

/** How facts and the script's reader write a table's name, so that both can be held against each other. */
final class TableName {
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");

    private TableName() {}

    /** {@code schema.table}, each in double quotes where it is not a plain small name. */
    static String of(String schema, String table) {
        return part(schema) + "." + part(table);
    }

    private static String part(String name) {
        return PLAIN.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    /** As pg_dump writes it, which quotes keywords too: {@code public."user"}. */
    static String ofSql(String qualified) {
        var parts = new String[] {"", ""};
        int part = 0;
        boolean quoted = false;
        for (int i = 0; i < qualified.length(); i++) {
            char c = qualified.charAt(i);
            if (c == '"') {
                boolean doubled = quoted && i + 1 < qualified.length() && qualified.charAt(i + 1) == '"';
                if (doubled) {
                    parts[part] += c;
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == '.' && !quoted && part == 0) {
                part = 1;
            } else {
                parts[part] += c;
            }
        }
        return of(parts[0], parts[1]);
    }
}
