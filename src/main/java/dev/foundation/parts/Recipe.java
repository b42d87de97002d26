package dev.foundation.parts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * How one part is made: a folder with a script {@code build}, called as {@code build OUT VERSION WORK} in that folder. It writes the finished
 * part into OUT; WORK is kept over a failure, so that a long build goes on where it stopped.
 *
 * @param estimate of a first build on two cores
 * @param needs the commands without which the build can't start
 */
record Recipe(String part, String version, Path folder, Duration estimate, List<String> needs) {
    Recipe {
        needs = List.copyOf(needs);
    }

    /** What a person calls it, such as {@code vault 1.19.0}. */
    String title() {
        return part + " " + version;
    }

    /** Names the part's folder in the cache; another recipe gives another key. */
    String key() throws IOException {
        return part + "-" + version + "-" + hash(List.of(folder), version);
    }

    /**
     * Twelve hex digits over the names and bytes of all files in these folders and a salt: the same in every clone. Hidden files and
     * editors' backups don't count.
     */
    static String hash(List<Path> folders, String salt) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt.getBytes(StandardCharsets.UTF_8));
            for (Path folder : folders) {
                for (Path file : files(folder)) {
                    String name = folder.getFileName() + "/" + folder.relativize(file);
                    byte[] bytes = Files.readAllBytes(file);
                    digest.update(("\0" + name + "\0" + bytes.length + "\0").getBytes(StandardCharsets.UTF_8));
                    digest.update(bytes);
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Twelve hex digits over these bytes. */
    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith(".")
                            && !file.getFileName().toString().endsWith("~"))
                    .sorted(java.util.Comparator.comparing(Path::toString))
                    .toList();
        }
    }
}
