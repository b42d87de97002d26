package dev.foundation.artifact.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The lines that make one script of many dumps; comments to psql, and what the reader holds on to. Names are JSON strings, so that they stay in a line. */
final class ScriptMarks {
    static final String BEGIN = "-- foundation: postgres script, format 1";
    static final String DATABASE = "-- foundation: database ";
    static final String END = "-- foundation: end of the script, databases: ";
    static final String HEADER = BEGIN + "\n\\set ON_ERROR_STOP on\n\n";

    private ScriptMarks() {}

    /** What stands before a database's dump, which makes its database itself and then connects to it. */
    static String database(String name) {
        try {
            return "\n" + DATABASE + new JsonMapper().writeValueAsString(name) + "\n\\connect " + Server.HOME + "\n\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("every text can be written as JSON", e);
        }
    }

    static String end(int databases) {
        return "\n" + END + databases + "\n";
    }
}
