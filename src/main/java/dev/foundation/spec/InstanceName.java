package dev.foundation.spec;

import java.util.regex.Pattern;

/** The prefix of every name that a foundation makes on its host: lower case, digits, hyphens; at most 24 characters, so that Docker's names fit. */
public record InstanceName(String value) {
    private static final Pattern ALLOWED = Pattern.compile("[a-z][a-z0-9-]{0,23}");

    public InstanceName {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException("instance name \"" + value
                    + "\": use lower-case letters, digits and hyphens, a letter first, at most 24 characters");
        }
    }

    /** {@code <instance>-<part>}, such as {@code foundation-vault}. */
    public String named(String part) {
        return value + "-" + part;
    }

    @Override
    public String toString() {
        return value;
    }
}
