package dev.foundation.artifact.tar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Takes an archive's bytes as they come by, and tells its entries. Strict: a wrong checksum, size or record throws, and so does an archive that
 * does not end with two blocks of zeros (POSIX.1-2017, pax, "ustar Interchange Format"). Memory stays constant: pax headers may have 1 MiB.
 */
public final class TarParser {
    /** Learns of each entry before its content comes. */
    public interface Listener {
        /** Tells where the file's bytes should go; empty to skip them. Closed after the last. Sparse files come as they are stored, with their map. */
        Optional<OutputStream> entry(TarEntry entry) throws IOException;
    }

    private static final int BLOCK = 512;
    private static final int MOST_EXTENDED = 1024 * 1024;

    private final Listener listener;
    private final byte[] block = new byte[BLOCK];
    private int filled;
    private int zeros;
    private long entries;

    private Map<String, byte[]> global = new LinkedHashMap<>();
    private Map<String, byte[]> local = new LinkedHashMap<>();

    /** Where the bytes of the present member go. */
    private OutputStream sink = OutputStream.nullOutputStream();

    private long content;
    private int padding;
    private char extending;

    public TarParser(Listener listener) {
        this.listener = listener;
    }

    /** The next bytes, any number of them. */
    public void accept(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (content > 0) {
                int part = (int) Math.min(content, end - at);
                sink.write(bytes, at, part);
                at += part;
                content -= part;
                if (content == 0) {
                    endOfMember();
                }
            } else if (padding > 0) {
                int part = Math.min(padding, end - at);
                at += part;
                padding -= part;
            } else {
                int part = Math.min(BLOCK - filled, end - at);
                System.arraycopy(bytes, at, block, filled, part);
                at += part;
                filled += part;
                if (filled == BLOCK) {
                    filled = 0;
                    block();
                }
            }
        }
    }

    /** After the last byte. @throws IOException if the archive is cut */
    public void finish() throws IOException {
        if (zeros < 2) {
            throw new IOException("the tar archive is cut: it has no end after " + entries + " entries");
        }
        if (filled > 0) {
            throw new IOException("the tar archive does not end at a block's end");
        }
    }

    public long entries() {
        return entries;
    }

    private void block() throws IOException {
        boolean empty = true;
        for (byte each : block) {
            empty &= each == 0;
        }
        if (empty) {
            zeros++;
            return;
        }
        if (zeros > 0) {
            throw new IOException(
                    "the tar archive goes on after a block of zeros: it is damaged after " + entries + " entries");
        }
        checksum();
        char type = (char) (block[156] & 0xff);
        long size = number(124, 12);
        if (type == 'x' || type == 'g') {
            if (size > MOST_EXTENDED) {
                throw new IOException("the tar archive has a pax header of " + size + " bytes");
            }
            extending = type;
            sink = new ByteArrayOutputStream();
        } else {
            size = member(type, size);
        }
        content = size;
        padding = (int) ((BLOCK - size % BLOCK) % BLOCK);
        if (size == 0) {
            endOfMember();
        }
    }

    /** @return how many bytes of content follow */
    private long member(char flag, long headerSize) throws IOException {
        TarEntry.Type type = switch (flag) {
            case '0', '\0', '7' -> TarEntry.Type.FILE;
            case '1' -> TarEntry.Type.HARD_LINK;
            case '2' -> TarEntry.Type.SYMBOLIC_LINK;
            case '5' -> TarEntry.Type.DIRECTORY;
            case '3', '4', '6' -> TarEntry.Type.SPECIAL;
            default -> throw new IOException("the tar archive has an entry of an unknown type: " + (int) flag);
        };
        Map<String, byte[]> records = new LinkedHashMap<>(global);
        records.putAll(local);
        local = new LinkedHashMap<>();
        long stored = type == TarEntry.Type.FILE ? decimal(records, "size", headerSize) : 0;
        long real = decimal(records, "GNU.sparse.realsize", decimal(records, "GNU.sparse.size", stored));
        byte[] name = records.getOrDefault("GNU.sparse.name", records.getOrDefault("path", ustarName()));
        var extended = new LinkedHashMap<String, String>();
        records.forEach((key, value) -> extended.put(key, text(value)));
        entries++;
        sink = listener.entry(new TarEntry(
                        text(name),
                        type,
                        type == TarEntry.Type.FILE ? real : 0,
                        (int) number(100, 8),
                        decimal(records, "uid", number(108, 8)),
                        decimal(records, "gid", number(116, 8)),
                        time(records),
                        type == TarEntry.Type.HARD_LINK || type == TarEntry.Type.SYMBOLIC_LINK
                                ? text(records.getOrDefault("linkpath", field(157, 100)))
                                : "",
                        extended))
                .orElseGet(OutputStream::nullOutputStream);
        return stored;
    }

    private void endOfMember() throws IOException {
        if (extending != 0) {
            Map<String, byte[]> records = records(((ByteArrayOutputStream) sink).toByteArray());
            if (extending == 'g') {
                global.putAll(records);
            } else {
                local = records;
            }
            extending = 0;
        }
        sink.close();
        sink = OutputStream.nullOutputStream();
    }

    /** {@code <length> <key>=<value>\n}, the length with itself. */
    private static Map<String, byte[]> records(byte[] header) throws IOException {
        var records = new LinkedHashMap<String, byte[]>();
        int at = 0;
        while (at < header.length) {
            int space = at;
            int length = 0;
            while (space < header.length && header[space] >= '0' && header[space] <= '9' && length < MOST_EXTENDED) {
                length = length * 10 + header[space++] - '0';
            }
            int end = at + length;
            int equals = space;
            while (equals < header.length && header[equals] != '=') {
                equals++;
            }
            if (space == at
                    || space >= header.length
                    || header[space] != ' '
                    || end > header.length
                    || equals >= end - 1
                    || header[end - 1] != '\n') {
                throw new IOException("the tar archive has a damaged pax header");
            }
            String key = new String(header, space + 1, equals - space - 1, StandardCharsets.UTF_8);
            records.put(key, Arrays.copyOfRange(header, equals + 1, end - 1));
            at = end;
        }
        return records;
    }

    private void checksum() throws IOException {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
        }
        if (sum != number(148, 8)) {
            throw new IOException(
                    "the tar archive is damaged: the header after entry " + entries + " does not match its checksum");
        }
    }

    private byte[] ustarName() {
        byte[] name = field(0, 100);
        boolean posix = block[257] == 'u' && block[262] == 0;
        byte[] prefix = posix ? field(345, 155) : new byte[0];
        if (prefix.length == 0) {
            return name;
        }
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(prefix);
        whole.write('/');
        whole.writeBytes(name);
        return whole.toByteArray();
    }

    private byte[] field(int offset, int length) {
        int end = offset;
        while (end < offset + length && block[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(block, offset, end);
    }

    /** Octal, or GNU's base 256 where the first bit is set. */
    private long number(int offset, int length) throws IOException {
        if ((block[offset] & 0x80) != 0) {
            long value = block[offset] & 0x7f;
            for (int i = 1; i < length; i++) {
                if (value > Long.MAX_VALUE >> 8) {
                    throw new IOException("the tar archive has a number that is too large: it is damaged");
                }
                value = value << 8 | (block[offset + i] & 0xff);
            }
            return value;
        }
        String digits = new String(field(offset, length), StandardCharsets.ISO_8859_1).strip();
        try {
            return digits.isEmpty() ? 0 : Long.parseUnsignedLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new IOException("the tar archive has a number that is none: it is damaged", e);
        }
    }

    private static long decimal(Map<String, byte[]> records, String key, long fallback) throws IOException {
        byte[] value = records.get(key);
        if (value == null) {
            return fallback;
        }
        try {
            long number = Long.parseLong(new String(value, StandardCharsets.ISO_8859_1));
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new IOException("the tar archive has a damaged pax record " + key);
    }

    private Instant time(Map<String, byte[]> records) throws IOException {
        byte[] exact = records.get("mtime");
        if (exact == null) {
            return Instant.ofEpochSecond(number(136, 12));
        }
        try {
            var seconds = new java.math.BigDecimal(new String(exact, StandardCharsets.ISO_8859_1));
            var nanos = seconds.movePointRight(9).toBigInteger().divideAndRemainder(java.math.BigInteger.TEN.pow(9));
            return Instant.ofEpochSecond(nanos[0].longValueExact(), nanos[1].longValueExact());
        } catch (ArithmeticException | NumberFormatException | java.time.DateTimeException e) {
            throw new IOException("the tar archive has a damaged pax record mtime", e);
        }
    }

    private static String text(byte[] bytes) {
        var text = new StringBuilder(bytes.length);
        int at = 0;
        while (at < bytes.length) {
            int length = sequence(bytes, at);
            if (length == 0) {
                text.append(String.format(java.util.Locale.ROOT, "\\x%02x", bytes[at++] & 0xff));
            } else {
                String good = new String(bytes, at, length, StandardCharsets.UTF_8);
                text.append(good.equals("\\") ? "\\\\" : good);
                at += length;
            }
        }
        return text.toString();
    }

    /** The length of the UTF-8 sequence here; 0 if there is none. */
    private static int sequence(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        int length = first < 0x80
                ? 1
                : first >= 0xc2 && first < 0xe0
                        ? 2
                        : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
        if (length < 2) {
            return length;
        }
        if (at + length > bytes.length) {
            return 0;
        }
        String read = new String(bytes, at, length, StandardCharsets.UTF_8);
        return Arrays.equals(read.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(bytes, at, at + length))
                ? length
                : 0;
    }
}
