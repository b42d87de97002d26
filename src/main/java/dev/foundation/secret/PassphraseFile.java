package dev.foundation.secret;

import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * The file that holds the passphrase: for its owner alone, and outside the repository, where the next {@code git add} would take it
 * along (K3). Its text is the passphrase; Pulumi and this class drop white space around it.
 *
 * @param repository the folder that the file must not lie in
 */
public record PassphraseFile(Path file, Path repository) {
    private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(OWNER_READ, OWNER_WRITE);

    public boolean exists() {
        return Files.exists(file);
    }

    /** @throws PassphraseException if it is missing, empty, open to others, or inside the repository */
    public Secret<String> read() throws IOException {
        check();
        String text = Files.readString(file, StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            throw new PassphraseException("the passphrase file " + file + " is empty: put the passphrase into it");
        }
        return Secret.of(text);
    }

    /** Refuses a file that anyone else can read or that could be committed; its text is not looked at. */
    public void check() throws IOException {
        Path real;
        try {
            real = file.toRealPath();
        } catch (NoSuchFileException e) {
            throw new PassphraseException("the passphrase file " + file + " is not there: put the passphrase into it"
                    + " (chmod 600), or name another file in FOUNDATION_PASSPHRASE_FILE");
        }
        refuseInRepository(real);
        Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(real));
        others.removeAll(PosixFilePermissions.fromString("rwx------"));
        if (!others.isEmpty()) {
            throw new PassphraseException(
                    "the passphrase file " + file + " is open to others on this machine: chmod 600 " + file);
        }
    }

    /**
     * Writes a new file with mode 0600, its folder with 0700.
     *
     * @throws PassphraseException if there is a file already: a passphrase is never overwritten
     */
    public void create(Secret<String> passphrase) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new PassphraseException("the passphrase file " + file + " needs a folder");
        }
        refuseInRepository(realFuture(folder));
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (var channel = Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            var bytes = StandardCharsets.UTF_8.encode(passphrase.expose() + "\n");
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (FileAlreadyExistsException e) {
            throw new PassphraseException("the passphrase file " + file + " exists already, and is not overwritten");
        }
    }

    private void refuseInRepository(Path real) throws IOException {
        if (real.startsWith(repository.toRealPath())) {
            throw new PassphraseException("the passphrase file " + file + " lies inside the repository " + repository
                    + ", where it could be committed: move it out, and name it in FOUNDATION_PASSPHRASE_FILE");
        }
    }

    /** The real path that a folder will have: that of its nearest existing ancestor, and the rest below it. */
    private static Path realFuture(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        Path existing = absolute;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return existing.toRealPath().resolve(existing.relativize(absolute)).normalize();
    }
}
