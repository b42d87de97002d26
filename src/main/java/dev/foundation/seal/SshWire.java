package dev.foundation.seal;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** SSH's binary forms (RFC 4251, section 5): numbers of four bytes, strings with their length before them. Reads to the end of what it was given, and never beyond. */
final class SshWire {
    private final ByteBuffer in;

    SshWire(byte[] content) {
        this.in = ByteBuffer.wrap(content);
    }

    interface Layout {
        void write(DataOutputStream out) throws IOException;
    }

    static byte[] bytes(Layout layout) {
        var buffer = new ByteArrayOutputStream();
        try {
            layout.write(new DataOutputStream(buffer));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
        return buffer.toByteArray();
    }

    static void string(DataOutputStream out, byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The next bytes as they are. */
    byte[] raw(int length, String what) throws SealException {
        if (length < 0 || length > in.remaining()) {
            throw new SealException("it is cut short at its " + what);
        }
        byte[] value = new byte[length];
        in.get(value);
        return value;
    }

    int number(String what) throws SealException {
        return ByteBuffer.wrap(raw(Integer.BYTES, what)).getInt();
    }

    byte[] string(String what) throws SealException {
        return raw(number(what), what);
    }

    /** A string that has one allowed value. */
    void expect(byte[] value, String what) throws SealException {
        if (!Arrays.equals(string(what), value)) {
            throw new SealException("its " + what + " is another than " + new String(value, StandardCharsets.US_ASCII));
        }
    }

    byte[] rest() {
        byte[] value = new byte[in.remaining()];
        in.get(value);
        return value;
    }

    void end() throws SealException {
        if (in.hasRemaining()) {
            throw new SealException("there are " + in.remaining() + " bytes behind its end");
        }
    }
}
