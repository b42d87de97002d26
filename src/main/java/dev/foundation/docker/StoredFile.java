package dev.foundation.docker;

import java.util.Arrays;

/**
 * One file in a volume. Its content may be a secret, so it never prints itself.
 *
 * @param mode permission bits only
 */
public record StoredFile(byte[] content, int uid, int gid, int mode) {
    @Override
    public boolean equals(Object other) {
        return other instanceof StoredFile file
                && Arrays.equals(content, file.content)
                && uid == file.uid
                && gid == file.gid
                && mode == file.mode;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content) * 31 + uid + gid + mode;
    }

    @Override
    public String toString() {
        return "file of " + uid + ":" + gid + ", mode 0" + Integer.toOctalString(mode);
    }
}
