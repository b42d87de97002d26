package dev.foundation.cli;

import dev.foundation.stream.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Where an object's key goes below a folder. A key may hold anything: {@code ..}, control characters, bytes that are no text. What could lead out of the
 * folder, or be no name there, is written {@code %XX} (RFC 3986); two keys never give one path.
 */
final class KeyPath {
    private static final int LONGEST = 255;

    private KeyPath() {}

    /** Its parts between slashes are folders. */
    static Path of(Path folder, byte[] key) {
        Path path = folder;
        int from = 0;
        for (int i = 0; i <= key.length; i++) {
            if (i == key.length || key[i] == '/') {
                path = path.resolve(name(key, from, i));
                from = i + 1;
            }
        }
        return path;
    }

    /** In one name, where a folder of its own cannot be: another key is a file there. */
    static Path flat(Path folder, byte[] key) {
        StringBuilder name = new StringBuilder("%flat-");
        for (byte each : key) {
            append(name, each, each == '/');
        }
        return folder.resolve(shortened("%longflat-", name.toString(), key));
    }

    private static String name(byte[] key, int from, int to) {
        int length = to - from;
        boolean dots = length == 1 && key[from] == '.' || length == 2 && key[from] == '.' && key[from + 1] == '.';
        if (length == 0) {
            return "%empty"; // a//b, or a slash at an end
        }
        StringBuilder name = new StringBuilder();
        for (int i = from; i < to; i++) {
            append(name, key[i], dots);
        }
        return shortened("%long-", name.toString(), Arrays.copyOfRange(key, from, to));
    }

    /** Only what every file system and locale takes as it is: the rest of ASCII, and all else, is encoded. */
    private static void append(StringBuilder name, byte each, boolean always) {
        boolean plain = each > 0x20 && each < 0x7f && each != '%' && each != '\\';
        if (plain && !always) {
            name.append((char) each);
        } else {
            name.append(String.format(Locale.ROOT, "%%%02X", each & 0xff));
        }
    }

    private static String shortened(String prefix, String name, byte[] part) {
        return name.getBytes(StandardCharsets.US_ASCII).length <= LONGEST
                ? name
                : prefix + Sha256.of(part).hex();
    }
}
