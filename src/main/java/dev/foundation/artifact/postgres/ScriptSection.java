package dev.foundation.artifact.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where one database's dump lies in a script, in bytes, and every place in it that names the database.
 *
 * @param owner whom the database belongs to; empty where the dump does not say
 */
record ScriptSection(String database, String owner, long start, long end, List<Name> names) {
    private static final int BLOCK = 64 * 1024;

    /** From {@code start} to before {@code end}. */
    record Name(long start, long end) {}

    ScriptSection {
        names = List.copyOf(names);
    }

    /**
     * The section under another name.
     *
     * @param script from its beginning; read to the section's end
     * @param target a plain name: letters, digits, underscores
     */
    void copy(InputStream script, OutputStream sink, String target) throws IOException {
        script.skipNBytes(start);
        long at = start;
        for (Name each : names) {
            pass(script, sink, each.start() - at);
            script.skipNBytes(each.end() - each.start());
            sink.write(target.getBytes(StandardCharsets.US_ASCII));
            at = each.end();
        }
        pass(script, sink, end - at);
    }

    private void pass(InputStream script, OutputStream sink, long length) throws IOException {
        byte[] block = new byte[BLOCK];
        for (long left = length; left > 0; ) {
            int read = script.read(block, 0, (int) Math.min(left, BLOCK));
            if (read < 0) {
                throw new IOException("the script ends inside of the database " + database);
            }
            sink.write(block, 0, read);
            left -= read;
        }
    }
}
