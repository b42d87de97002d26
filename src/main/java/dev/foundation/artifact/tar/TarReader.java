package dev.foundation.artifact.tar;

import java.io.IOException;
import java.io.InputStream;

/** Reads an archive to its end and proves it whole. */
public final class TarReader {
    private TarReader() {}

    /**
     * Reads to the end.
     *
     * @param tar not compressed
     * @return how many entries there are
     * @throws IOException if it is cut or damaged
     */
    public static long read(InputStream tar, TarParser.Listener listener) throws IOException {
        var parser = new TarParser(listener);
        var buffer = new byte[64 * 1024];
        for (int n = tar.read(buffer); n >= 0; n = tar.read(buffer)) {
            parser.accept(buffer, 0, n);
        }
        parser.finish();
        return parser.entries();
    }
}
