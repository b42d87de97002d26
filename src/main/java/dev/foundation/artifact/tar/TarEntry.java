package dev.foundation.artifact.tar;

import java.time.Instant;
import java.util.Map;

/**
 * One member of an archive.
 *
 * @param name as in the archive; bytes that are no UTF-8 are written {@code \xff}, and a backslash {@code \\}
 * @param size of the file in bytes; for sparse files with its holes; 0 for what is no file
 * @param mode permission bits
 * @param link where a link leads; empty for what is none
 * @param extended the pax records, such as {@code SCHILY.xattr.user.x}; values as names are
 */
public record TarEntry(
        String name,
        Type type,
        long size,
        int mode,
        long uid,
        long gid,
        Instant modified,
        String link,
        Map<String, String> extended) {
    public enum Type {
        FILE,
        HARD_LINK,
        SYMBOLIC_LINK,
        DIRECTORY,
        /** Device or pipe. */
        SPECIAL
    }

    public TarEntry {
        extended = Map.copyOf(extended);
    }
}
