package dev.foundation.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** The agent's answers in JSON. */
final class AgentJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private AgentJson() {}

    static JsonNode tree(byte[] answer) throws IOException {
        try {
            return JSON.readTree(answer);
        } catch (JacksonException e) {
            throw another(e);
        }
    }

    static <T> T as(Class<T> type, JsonNode tree) throws IOException {
        try {
            return JSON.treeToValue(tree, type);
        } catch (JacksonException e) {
            throw another(e);
        }
    }

    /** For people and scripts: indented. */
    static String pretty(JsonNode tree) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
        } catch (JacksonException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    private static AgentException another(JacksonException e) {
        return new AgentException(
                200,
                "the agent's answer is not understood (" + e.getOriginalMessage()
                        + "): is it of another version? Run `./foundation up`");
    }
}
