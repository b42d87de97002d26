package dev.foundation.cli;

import dev.foundation.stream.ZstdReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** One file out of a {@code .tar.zst}. */
final class TarMember {
    private TarMember() {}

    /**
     * Copies the member and reads the archive to its end, so that all of it is checked.
     *
     * @param path as the archive names it; {@code ./} before it does not matter
     * @throws IOException if there is none, or it is no file
     */
    static void copy(InputStream archive, String path, OutputStream target) throws IOException {
        String wanted = bare(path);
        boolean found = false;
        try (var zstd = new ZstdReader(archive);
                var tar = new TarArchiveInputStream(zstd, "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (found || !bare(entry.getName()).equals(wanted)) {
                    continue;
                }
                if (entry.isSymbolicLink() || entry.isLink()) {
                    throw new IOException(path + " is a link to " + entry.getLinkName()
                            + ": extract that one, if it is in the archive");
                }
                if (!entry.isFile()) {
                    throw new IOException(path + " is no file: only single files can be extracted by a path");
                }
                tar.transferTo(target);
                found = true;
            }
            zstd.transferTo(OutputStream.nullOutputStream());
        }
        if (!found) {
            throw new IOException("the archive has no " + path
                    + ": extract the whole of it, and list it with `zstd -dc FILE | tar t`");
        }
    }

    private static String bare(String path) {
        String bare = path;
        while (bare.startsWith("./") || bare.startsWith("/")) {
            bare = bare.substring(bare.indexOf('/') + 1);
        }
        return bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
    }
}
