package dev.foundation.process;

import java.io.IOException;
import java.io.OutputStream;

/** What a child reads on its standard input. Called once, on a thread of its own; the stream is closed afterwards. */
@FunctionalInterface
public interface Input {
    Input NONE = sink -> {};

    void writeTo(OutputStream sink) throws IOException;

    static Input of(byte[] bytes) {
        var copy = bytes.clone();
        return sink -> sink.write(copy);
    }
}
