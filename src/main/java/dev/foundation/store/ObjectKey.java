package dev.foundation.store;

import java.util.regex.Pattern;

/**
 * An object's name within a store: parts of letters, digits, {@code . _ -}, separated by single slashes. No part is {@code .} or {@code ..}, so a
 * key can be a path; S3 servers differ on everything beyond (versitygw folds {@code //}, RustFS refuses control characters).
 *
 * @param path at most 512 characters, such as {@code 20261121T030000Z/postgres.sql.gz.age}
 */
public record ObjectKey(String path) implements Comparable<ObjectKey> {
    private static final Pattern FORM =
            Pattern.compile("(?!\\.{1,2}(?:/|$))[A-Za-z0-9._-]+(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._-]+)*");

    public ObjectKey {
        if (path.length() > 512 || !FORM.matcher(path).matches()) {
            throw new IllegalArgumentException("not a key of a store: " + path);
        }
    }

    /** {@code parts} joined by slashes. */
    public static ObjectKey of(String... parts) {
        return new ObjectKey(String.join("/", parts));
    }

    /** What is after the last slash. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public int compareTo(ObjectKey other) {
        return path.compareTo(other.path);
    }

    @Override
    public String toString() {
        return path;
    }
}
