package dev.foundation.docker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Files as the tar stream that {@code docker cp} speaks. */
final class FileArchive {
    /** Folders are their owner's alone to enter; Docker writes as root and needs no right. */
    private static final int FOLDER_MODE = 0500;

    private FileArchive() {}

    static void write(Map<String, StoredFile> files, OutputStream sink) throws IOException {
        var tar = new TarArchiveOutputStream(sink, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        var folders = new LinkedHashSet<String>();
        for (var file : new TreeMap<>(files).entrySet()) {
            for (int slash = file.getKey().indexOf('/');
                    slash > 0;
                    slash = file.getKey().indexOf('/', slash + 1)) {
                var folder = file.getKey().substring(0, slash + 1);
                if (folders.add(folder)) {
                    put(tar, folder, file.getValue(), FOLDER_MODE, new byte[0]);
                }
            }
            put(
                    tar,
                    file.getKey(),
                    file.getValue(),
                    file.getValue().mode(),
                    file.getValue().content());
        }
        tar.finish();
        tar.flush();
    }

    private static void put(TarArchiveOutputStream tar, String name, StoredFile owner, int mode, byte[] content)
            throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setIds(owner.uid(), owner.gid());
        entry.setMode(mode);
        entry.setSize(content.length);
        // No time of its own: the same files give the same archive.
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /** Regular files by their path below {@code root}, the folder that {@code docker cp} put around them; empty where a single file was copied. */
    static Map<String, StoredFile> read(byte[] archive, String root) throws IOException {
        var files = new TreeMap<String, StoredFile>();
        try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(archive), "UTF-8")) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String folder = root.isEmpty() ? "" : root + "/";
                if (entry.isFile() && entry.getName().startsWith(folder)) {
                    files.put(
                            entry.getName().substring(folder.length()),
                            new StoredFile(
                                    tar.readAllBytes(),
                                    Math.toIntExact(entry.getLongUserId()),
                                    Math.toIntExact(entry.getLongGroupId()),
                                    entry.getMode() & 07777));
                }
            }
        }
        return files;
    }
}
