package dev.foundation.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Holds facts that were read out of an artifact against those that the manifest has of it. */
final class FactsCheck {
    private static final int SHOWN = 20;

    private final List<String> found = new ArrayList<>();
    private long more;

    private FactsCheck() {}

    /**
     * In words; empty if nothing differs.
     *
     * @param seen by the artifact's reader
     * @param manifest the entry's facts, which may hold more at the top than a reader can know
     */
    static List<String> differences(JsonNode seen, JsonNode manifest) {
        var check = new FactsCheck();
        seen.properties().forEach(each -> check.compare(each.getKey(), each.getValue(), manifest.path(each.getKey())));
        if (check.more > 0) {
            check.found.add("and " + check.more + " more differences");
        }
        return List.copyOf(check.found);
    }

    private void compare(String where, JsonNode seen, JsonNode manifest) {
        if (seen.isObject() && manifest.isObject()) {
            var names = new TreeSet<String>();
            seen.fieldNames().forEachRemaining(names::add);
            manifest.fieldNames().forEachRemaining(names::add);
            names.forEach(each -> compare(where + " / " + each, seen.path(each), manifest.path(each)));
        } else if (!words(seen).equals(words(manifest))) {
            if (found.size() < SHOWN) {
                found.add(where + ": the manifest says " + words(manifest) + ", the artifact has " + words(seen));
            } else {
                more++;
            }
        }
    }

    /** Numbers and texts alike, whatever kind of number a parser made of it. */
    private static String words(JsonNode value) {
        return value.isMissingNode() ? "nothing" : value.isContainerNode() ? value.toString() : value.asText();
    }
}
