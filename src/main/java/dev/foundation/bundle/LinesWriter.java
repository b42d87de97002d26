package dev.foundation.bundle;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Lines of UTF-8 as one zstd frame with a checksum. Only {@link #finish} ends the frame: without it, what was written stays a cut-off one. */
final class LinesWriter implements AutoCloseable {
    private static final int LEVEL = 3;

    private final Gate gate;
    private final OutputStream out;

    LinesWriter(OutputStream target) throws IOException {
        this.gate = new Gate(target);
        var zstd = new ZstdOutputStreamNoFinalizer(gate, LEVEL);
        zstd.setChecksum(true);
        this.out = new BufferedOutputStream(zstd, 64 << 10);
    }

    void add(String line) throws IOException {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }

    void finish() throws IOException {
        out.close();
        gate.open = false;
    }

    @Override
    public void close() throws IOException {
        gate.open = false; // the end of the frame goes nowhere
        out.close();
    }

    /** The target, until it is shut; never closes it, for it is the caller's. */
    private static final class Gate extends FilterOutputStream {
        private boolean open = true;

        Gate(OutputStream target) {
            super(target);
        }

        @Override
        public void write(int b) throws IOException {
            if (open) {
                out.write(b);
            }
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            if (open) {
                out.write(buffer, offset, length);
            }
        }

        @Override
        public void flush() throws IOException {
            if (open) {
                out.flush();
            }
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
