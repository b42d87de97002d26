package dev.foundation.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.core.Output;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON texts whose values are still to come. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** One object; keys in the map's order, so that equal maps give equal texts. Secret if one of its values is. */
    static Output<String> object(Map<String, Output<String>> values) {
        return all(values).applyValue(Json::text);
    }

    /** The map with its values known, in the same order. */
    static Output<Map<String, String>> all(Map<String, Output<String>> values) {
        List<String> keys = new ArrayList<>(values.keySet());
        return Output.all(new ArrayList<>(values.values())).applyValue(known -> {
            Map<String, String> result = new LinkedHashMap<>();
            Iterator<String> each = known.iterator();
            keys.forEach(key -> result.put(key, each.next()));
            return result;
        });
    }

    static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not to be written as JSON", e);
        }
    }
}
