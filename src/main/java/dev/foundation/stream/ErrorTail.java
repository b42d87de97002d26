package dev.foundation.stream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Reads a child's standard error to its end and keeps the last of it, without the values that must not be shown. A secret that begins before
 * what is kept cannot show its rest: as many bytes as the longest secret has are kept in addition and never shown.
 */
final class ErrorTail {
    private static final int SHOWN = 4 * 1024;

    private final List<String> hidden;
    private final int margin;
    private final byte[] ring;
    private long seen;
    private final Thread reader;

    ErrorTail(InputStream errors, Collection<String> hide) {
        hidden = hide.stream().filter(each -> !each.isEmpty()).distinct().toList();
        margin = hidden.stream()
                .mapToInt(each -> each.getBytes(StandardCharsets.UTF_8).length)
                .max()
                .orElse(0);
        ring = new byte[SHOWN + margin];
        reader = Thread.ofPlatform().daemon().name("standard error").start(() -> drain(errors));
    }

    private void drain(InputStream errors) {
        byte[] buffer = new byte[8 * 1024];
        try (errors) {
            for (int read = errors.read(buffer); read >= 0; read = errors.read(buffer)) {
                keep(buffer, read);
            }
        } catch (IOException e) {
            // The child was ended: what it said so far is all there is.
        }
    }

    private synchronized void keep(byte[] buffer, int length) {
        for (int i = 0; i < length; i++) {
            ring[(int) (seen++ % ring.length)] = buffer[i];
        }
    }

    /** What is known once standard error has ended, or after this time. Printable, stripped; may be empty. */
    String await(Duration time) throws InterruptedException {
        reader.join(time);
        return text();
    }

    private synchronized String text() {
        boolean cut = seen > ring.length;
        int length = (int) Math.min(seen, ring.length);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = ring[(int) ((seen - length + i) % ring.length)];
        }
        // Latin-1 keeps one character a byte, so that positions in both are the same.
        String raw = new String(bytes, StandardCharsets.ISO_8859_1);
        boolean[] covered = new boolean[length];
        for (String each : hidden) {
            String needle = new String(each.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            for (int at = raw.indexOf(needle); at >= 0; at = raw.indexOf(needle, at + 1)) {
                Arrays.fill(covered, at, at + needle.length(), true);
            }
        }
        StringBuilder shown = new StringBuilder();
        for (int i = cut ? margin : 0; i < length; i++) {
            if (!covered[i]) {
                shown.append(raw.charAt(i));
            } else if (i == 0 || !covered[i - 1] || shown.isEmpty()) {
                shown.append("(secret)");
            }
        }
        String text = new String(shown.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        // Children colour their output; escapes in a message could rewrite the terminal it is shown on.
        return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "?").strip();
    }
}
