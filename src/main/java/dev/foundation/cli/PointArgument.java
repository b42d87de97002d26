package dev.foundation.cli;

import dev.foundation.bundle.BundleId;
import java.io.IOException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A point as typed: its name, or {@code latest}. */
final class PointArgument implements ITypeConverter<String> {
    static final String LATEST = "latest";

    @Override
    public String convert(String text) {
        if (text.equals(LATEST)) {
            return text;
        }
        try {
            return BundleId.of(text).toString();
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage() + ", or latest. `./foundation points` lists them");
        }
    }

    /** The point's name; where {@code latest} was typed, the newest there is. */
    static String resolve(AgentDoor door, String typed) throws IOException {
        if (!typed.equals(LATEST)) {
            return typed;
        }
        return AgentJson.as(PointList.class, AgentJson.tree(door.get("/points", AgentDoor.USUAL)))
                .newest()
                .map(PointList.Point::point)
                .orElseThrow(() -> new IOException("there is no recovery point yet: `./foundation backup` takes one"));
    }
}
