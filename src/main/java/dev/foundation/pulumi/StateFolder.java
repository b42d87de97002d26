package dev.foundation.pulumi;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The folder of a file backend, before the CLI is run on it. */
final class StateFolder {
    private static final String SIDECAR = ".attrs";
    /** In {@code .pulumi}, which may be that of somebody's home, with plugins and more in it. */
    private static final Set<String> OF_THE_BACKEND = Set.of("stacks", "locks", "history", "backups");

    private StateFolder() {}

    /**
     * Makes it, for its owner alone, and takes away what would make every command end with nothing but {@code EOF}: the backend keeps each file's
     * attributes in a sidecar, which it makes empty and fills a moment later (gocloud.dev/blob/fileblob {@code setAttrs}), and a run that was killed in
     * between leaves it empty. The files themselves are renamed into place and whole; without a sidecar they are read as they are. One that a run at
     * work has just made is of no use to anybody yet, and is missed by nobody.
     */
    static void prepare(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path files = folder.resolve(".pulumi");
        Files.walkFileTree(files, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean other = files.equals(directory.getParent())
                        && !OF_THE_BACKEND.contains(String.valueOf(directory.getFileName()));
                return other ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.size() == 0 && file.toString().endsWith(SIDECAR)) {
                    Files.deleteIfExists(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult
                        .CONTINUE; // there is none yet, or a run at work took it away; what cannot be read, Pulumi says
                // better
            }
        });
    }
}
