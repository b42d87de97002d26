package dev.foundation.cli;

import dev.foundation.bundle.Manifest;
import dev.foundation.secret.Secret;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code restore --into}: a point opened into a new folder, which appears when all of it is whole. */
final class IntoFolder {
    private final Terminal terminal;
    private final Path into;
    private final Path target;
    private final List<Unpacking.Part> only;

    /** @param only empty for all. @throws Refused if the folder is there and is not empty */
    IntoFolder(Terminal terminal, Path into, List<Unpacking.Part> only) throws IOException {
        this.terminal = terminal;
        this.into = into;
        this.target = into.toAbsolutePath().normalize();
        this.only = List.copyOf(only);
        free(target);
    }

    void open(FoundPoint found, Secret<String> identity) throws IOException, InterruptedException {
        Path part = Files.createTempDirectory(
                target.getParent(), "." + target.getFileName() + ".", owner()); // on the same disk
        try {
            List<String> missing = unpack(new Unpacking(found, identity, part, this::told));
            free(target);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE); // over an empty folder, too
            missing.forEach(each -> terminal.err().println("the point has no " + each));
            terminal.out()
                    .println(found.signed().seal().point() + " from " + found.place() + " is in " + into
                            + ", as it was sealed. It holds live secrets: remove it when you are done.");
        } finally {
            remove(part);
        }
    }

    private List<String> unpack(Unpacking unpacking) throws IOException, InterruptedException {
        Manifest manifest = unpacking.manifest();
        List<String> missing = new ArrayList<>();
        for (Unpacking.Part each : Unpacking.Part.values()) {
            if ((only.isEmpty() || only.contains(each)) && !unpacking.unpack(manifest, each)) {
                missing.add(each.name());
            }
        }
        if (!only.isEmpty() && missing.size() == only.stream().distinct().count()) {
            throw new IOException("the point has no " + String.join(", ", missing) + ": nothing was written");
        }
        return missing;
    }

    private void told(String line) {
        terminal.err().println("restore: " + line);
    }

    private static void free(Path target) throws IOException {
        Path parent = target.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new IOException("the folder above " + target + " is not there: make it first");
        }
        if (Files.isSymbolicLink(target) || (Files.exists(target) && !Files.isDirectory(target))) {
            throw new Refused(target + " is no folder, and was not touched: give a new one");
        }
        if (Files.isDirectory(target)) {
            try (Stream<Path> inside = Files.list(target)) {
                if (inside.findAny().isPresent()) {
                    throw new Refused(target + " is not empty, and was not touched: give a new folder");
                }
            }
        }
    }

    private static FileAttribute<?> owner() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    }

    /** What a failure leaves; follows no link. */
    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @Nullable IOException problem) throws IOException {
                Files.delete(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
