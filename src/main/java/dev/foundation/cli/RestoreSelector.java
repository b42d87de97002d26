package dev.foundation.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What {@code --only} names: a part of a point, and of it one thing or everything.
 *
 * @param name a database, a repository as {@code owner/repo}, or a bucket; empty for all of the part
 * @param prefix of the keys in that bucket; empty for all
 */
record RestoreSelector(Unpacking.Part part, String name, String prefix) {
    private static final Pattern REPOSITORY = Pattern.compile("(?!\\.)[A-Za-z0-9._-]+/(?!\\.)[A-Za-z0-9._-]+");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    boolean whole() {
        return name.isEmpty();
    }

    /** @throws IllegalArgumentException saying what can be named */
    static RestoreSelector of(String text) {
        int colon = text.indexOf(':');
        String part = colon < 0 ? text : text.substring(0, colon);
        String name = colon < 0 ? "" : text.substring(colon + 1);
        if (colon >= 0 && name.isEmpty()) {
            throw new IllegalArgumentException("\"" + text + "\" names nothing behind the colon");
        }
        return switch (part) {
            case "vault", "state" -> {
                if (colon >= 0) {
                    throw new IllegalArgumentException(part + " is one whole: leave out \":" + name + "\"");
                }
                yield new RestoreSelector(Unpacking.Part.valueOf(part), "", "");
            }
            case "postgres" -> new RestoreSelector(Unpacking.Part.postgres, name, "");
            case "forgejo" -> {
                if (colon >= 0 && !REPOSITORY.matcher(name).matches()) {
                    throw new IllegalArgumentException("\"" + name + "\" is no repository: write it as owner/repo");
                }
                yield new RestoreSelector(Unpacking.Part.forgejo, name, "");
            }
            case "bucket", "buckets" -> {
                int slash = name.indexOf('/');
                String bucket = slash < 0 ? name : name.substring(0, slash);
                if (colon >= 0 && !BUCKET.matcher(bucket).matches()) {
                    throw new IllegalArgumentException("\"" + bucket + "\" is no name of a bucket");
                }
                yield new RestoreSelector(Unpacking.Part.buckets, bucket, slash < 0 ? "" : name.substring(slash + 1));
            }
            default ->
                throw new IllegalArgumentException("\"" + part + "\" is none of postgres[:database],"
                        + " forgejo[:owner/repo], bucket[:name[/prefix]], vault, state");
        };
    }

    /** As it is typed. */
    @Override
    public String toString() {
        String word = part == Unpacking.Part.buckets ? "bucket" : part.name();
        return word + (whole() ? "" : ":" + name) + (prefix.isEmpty() ? "" : "/" + prefix);
    }

    static final class Argument implements ITypeConverter<RestoreSelector> {
        @Override
        public RestoreSelector convert(String text) {
            try {
                return of(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
