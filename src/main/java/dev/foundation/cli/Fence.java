package dev.foundation.cli;

import dev.foundation.spec.FoundationSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What keeps a trial of a restore from being taken for the foundation: its own prefix on Docker, a network that leads nowhere, no backup and no
 * runner. So it claims nothing, sends nothing, and runs nobody's jobs.
 */
final class Fence {
    private static final int LONGEST = 24;

    private Fence() {}

    /** @param suffix such as {@code -proof} */
    static String prefix(FoundationSpec spec, String suffix) {
        String instance = spec.instance().value();
        return instance.substring(0, Math.min(instance.length(), LONGEST - suffix.length())) + suffix;
    }

    /** By their keys in the stack's file. */
    static Map<String, String> settings(String prefix) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("recovery.scratch", prefix);
        settings.put("backup.enabled", "false");
        settings.put("runner.enabled", "false");
        settings.put("running", "true");
        settings.put("bindAddress", "127.0.0.1");
        return settings;
    }

    /** What a fenced program does not declare would be deleted, and a role that other rights hang on cannot be. */
    static boolean keptOut(String type) {
        return type.equals("foundation:index:PostgresReader") || type.equals("foundation:index:ForgejoPush");
    }
}
