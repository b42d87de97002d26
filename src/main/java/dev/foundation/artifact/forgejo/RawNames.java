package dev.foundation.artifact.forgejo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The bytes of a file's name. Java decodes names by the locale, and what the locale cannot decode is lost in {@link Path#toString}; the path itself
 * keeps the bytes that the directory gave, and its URI shows them.
 */
final class RawNames {
    private RawNames() {}

    static byte[] of(Path name) {
        String text = name.toString();
        if (text.chars().allMatch(RawNames::plain)) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
        String uri = name.toAbsolutePath().toUri().getRawPath();
        int end = uri.endsWith("/") ? uri.length() - 1 : uri.length();
        var bytes = new ByteArrayOutputStream();
        for (int i = uri.lastIndexOf('/', end - 1) + 1; i < end; i++) {
            char c = uri.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(uri, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }

    /** Not the question mark, which stands for what could not be decoded. */
    private static boolean plain(int c) {
        return c > ' ' && c < 0x7f && c != '?' && c != '%';
    }
}
