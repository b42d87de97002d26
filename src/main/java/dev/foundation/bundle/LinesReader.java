package dev.foundation.bundle;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads what {@link LinesWriter} wrote, a line at a time; each line ends with a newline and is at most so long. Closes its source. */
final class LinesReader implements AutoCloseable {
    private static final int WINDOW_LOG = 27; // what `zstd -d` takes without being asked for more: 128 MiB

    private final String what;
    private final int longest;
    private final InputStream in;
    private long number;

    LinesReader(InputStream source, String what, int longest) throws IOException {
        this.what = what;
        this.longest = longest;
        var begun = new PushbackInputStream(source);
        int first = begun.read();
        if (first < 0) {
            throw new BundleException(what + " is empty: even an inventory without a line is a zstd frame");
        }
        begun.unread(first);
        var zstd = new ZstdInputStreamNoFinalizer(begun);
        zstd.setLongMax(WINDOW_LOG);
        this.in = new BufferedInputStream(zstd, 64 << 10);
    }

    Optional<String> next() throws IOException {
        var line = new ByteArrayOutputStream(160);
        int each = read();
        if (each < 0) {
            return Optional.empty();
        }
        number++;
        for (; each != '\n'; each = read()) {
            if (each < 0) {
                throw bad("ends without a newline: the file was cut");
            }
            if (line.size() >= longest) {
                throw bad("is longer than " + longest + " bytes");
            }
            line.write(each);
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            throw bad("is no UTF-8");
        }
    }

    /** Names the line that was read last. */
    BundleException bad(String fault) {
        return new BundleException(what + ", line " + number + ": " + fault);
    }

    private int read() throws IOException {
        try {
            return in.read();
        } catch (ZstdIOException e) {
            throw new BundleException(what + " is no whole zstd file: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
