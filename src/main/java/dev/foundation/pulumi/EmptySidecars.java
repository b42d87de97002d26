package dev.foundation.pulumi;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A file backend keeps each file's attributes in a sidecar beside it, which it makes empty and fills a moment later (gocloud.dev/blob/fileblob
 * {@code setAttrs}). A run that is killed in between leaves it empty, and from then on every command of the CLI ends with nothing but {@code EOF}. The
 * files themselves are renamed into place and whole; without a sidecar they are read as they are.
 */
final class EmptySidecars {
    private static final String EXTENSION = ".attrs";

    private EmptySidecars() {}

    /** @param backend the folder of the file backend; a run may be at work there: one that it has just made is of no use to anybody else */
    static void remove(Path backend) throws IOException {
        Path files = backend.resolve(".pulumi");
        if (!Files.isDirectory(files)) {
            return;
        }
        Files.walkFileTree(files, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.size() == 0 && file.toString().endsWith(EXTENSION)) {
                    Files.deleteIfExists(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE; // by a run at work; what cannot be read, Pulumi says better
            }
        });
    }
}
