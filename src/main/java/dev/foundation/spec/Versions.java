package dev.foundation.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The file {@code VERSIONS}: every tool's version and every image's pin (R1.2). One {@code key=value} a line; {@code #} starts a comment line.
 * Keys that begin with {@code image.} name images and must be pinned ({@link ImageRef}).
 */
public record Versions(Map<String, String> values) {
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9.-]*");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@+-]*");
    private static final String IMAGE = "image.";

    public Versions {
        values = Map.copyOf(values);
    }

    /**
     * Parses the whole file.
     *
     * @throws IllegalArgumentException with one line per bad line, each with its number: all of them at once
     */
    public static Versions parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (String raw : text.split("\n", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            String key = equals < 0 ? "" : line.substring(0, equals);
            String value = equals < 0 ? "" : line.substring(equals + 1);
            Optional<String> problem = problem(line, key, value, lines.get(key) == null ? 0 : lines.get(key));
            if (problem.isPresent()) {
                problems.add("VERSIONS line " + number + ": " + problem.get());
            } else {
                values.put(key, value);
                lines.put(key, number);
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return new Versions(values);
    }

    private static Optional<String> problem(String line, String key, String value, int before) {
        if (!KEY.matcher(key).matches() || !VALUE.matcher(value).matches()) {
            return Optional.of("\"" + line + "\" is not key=value without spaces, such as vault=1.19.0");
        }
        if (before > 0) {
            return Optional.of("\"" + key + "\" is set again, first on line " + before + "; keep one of the two");
        }
        if (key.startsWith(IMAGE)) {
            try {
                ImageRef unused = new ImageRef(value);
            } catch (IllegalArgumentException e) {
                return Optional.of(key + ": " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    /**
     * The version of a tool or service, such as {@code pulumi}.
     *
     * @throws IllegalArgumentException if the file does not name it
     */
    public String of(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException(
                    "VERSIONS does not name \"" + key + "\"; add a line " + key + "=<version>");
        }
        return value;
    }

    /** The makers' image of a service, pinned under {@code image.<service>}. */
    public ImageRef image(String service) {
        return new ImageRef(of(IMAGE + service));
    }
}
