package dev.foundation.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * JSON in one form: what {@code jq -S .} prints. Keys sorted by code point, two spaces a level, {@code ": "} between key and value, UTF-8, a newline
 * at the end. Written out here, because a library's idea of pretty may change and signatures are over bytes.
 */
public final class CanonicalJson {
    private final StringBuilder out = new StringBuilder();

    private CanonicalJson() {}

    public static byte[] bytes(JsonNode value) {
        var writer = new CanonicalJson();
        writer.value(value, 0);
        return writer.out.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private void value(JsonNode node, int depth) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node, depth);
            case ARRAY -> array(node, depth);
            case STRING -> text(node.textValue());
            case NUMBER -> out.append(number(node));
            case BOOLEAN -> out.append(node.booleanValue());
            case NULL -> out.append("null");
            case BINARY, MISSING, POJO ->
                throw new IllegalArgumentException("a " + node.getNodeType() + " has no form in JSON");
        }
    }

    private static String number(JsonNode node) {
        if (node.isIntegralNumber()) {
            return node.asText();
        }
        if (node.isDouble() && !Double.isFinite(node.doubleValue())) {
            throw new IllegalArgumentException("JSON has no number for " + node.doubleValue());
        }
        BigDecimal exact = node.decimalValue();
        return exact.toString();
    }

    private void object(JsonNode node, int depth) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        names.sort((a, b) ->
                Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));
        if (names.isEmpty()) {
            out.append("{}");
            return;
        }
        String separator = "{";
        for (String name : names) {
            out.append(separator);
            line(depth + 1);
            text(name);
            out.append(": ");
            value(node.get(name), depth + 1);
            separator = ",";
        }
        line(depth);
        out.append('}');
    }

    private void array(JsonNode node, int depth) {
        Iterator<JsonNode> elements = node.elements();
        if (!elements.hasNext()) {
            out.append("[]");
            return;
        }
        String separator = "[";
        while (elements.hasNext()) {
            out.append(separator);
            line(depth + 1);
            value(elements.next(), depth + 1);
            separator = ",";
        }
        line(depth);
        out.append(']');
    }

    private void line(int depth) {
        out.append('\n').repeat("  ", depth);
    }

    private void text(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
