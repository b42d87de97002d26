package dev.foundation.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes a resource's secret values out of messages: a command that prints its environment, a service that repeats what it was sent.
 * The second line of defence; handlers keep secrets out of messages themselves. Values under four characters are left.
 */
final class Redaction {
    static final Redaction NONE = new Redaction(List.of());

    private static final int SHORTEST = 4;
    private static final JsonMapper JSON = new JsonMapper();

    private final List<String> secrets;

    private Redaction(List<String> secrets) {
        this.secrets = secrets;
    }

    static Redaction of(Property... properties) {
        var found = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        for (Property property : properties) {
            collect(property, false, found);
        }
        return new Redaction(List.copyOf(found));
    }

    String clean(String message) {
        String cleaned = message;
        for (String secret : secrets) {
            cleaned = cleaned.replace(secret, "[secret]");
        }
        return cleaned;
    }

    private static void collect(Property property, boolean secret, Set<String> found) {
        switch (property) {
            case Property.Hidden(var value) -> collect(value, true, found);
            case Property.Items(var values) -> values.forEach(value -> collect(value, secret, found));
            case Property.Fields(var values) -> values.values().forEach(value -> collect(value, secret, found));
            case Property.Text(var text) -> {
                if (secret) {
                    add(text, found);
                }
            }
            case Property.Bool _, Property.Num _, Property.Unknown _ -> {}
        }
    }

    /** The text, its lines, and, where it is JSON, each text in it: any of them may be repeated alone. */
    private static void add(String text, Set<String> found) {
        if (text.length() >= SHORTEST) {
            found.add(text);
            text.lines().filter(line -> line.length() >= SHORTEST).forEach(found::add);
        }
        if (text.startsWith("{") || text.startsWith("[")) {
            try {
                leaves(JSON.readTree(text), found);
            } catch (JsonProcessingException e) {
                // Not JSON after all.
            }
        }
    }

    private static void leaves(JsonNode node, Set<String> found) {
        if (node.isTextual() && node.asText().length() >= SHORTEST) {
            found.add(node.asText());
        }
        node.forEach(child -> leaves(child, found));
    }
}
