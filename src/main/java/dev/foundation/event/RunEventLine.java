package dev.foundation.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** Events as one line of JSON each: how the agent sends them, and what {@code --json} prints. */
public final class RunEventLine {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RunEventLine() {}

    /** Without a line break. */
    public static String of(RunEvent event) {
        try {
            return JSON.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts and numbers is always JSON", e);
        }
    }

    /** @throws IOException if the line is no event: the other side is of another version, or broke off */
    public static RunEvent parse(String line) throws IOException {
        try {
            return JSON.readValue(line, RunEvent.class);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "the agent sent a line that is no event; is it of another version? Run `./foundation up`", e);
        }
    }
}
