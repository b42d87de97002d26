package dev.foundation.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Unpacks an archive with GNU tar: names keep their very bytes, owners are kept where root runs it, no name and no link leads out of the folder (tar
 * refuses {@code ..} and sets links last).
 */
final class UnpackedTar {
    private static final int SHOWN = 400;

    private UnpackedTar() {}

    /** @throws IOException if tar cannot be started, or says that anything of the archive could not be unpacked */
    static void into(InputStream tar, Path folder) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(List.of(
                            "tar",
                            "--extract",
                            "--file=-",
                            // As the archive was written: tar ends with the record that holds the end mark, and leaves
                            // the rest unread.
                            "--read-full-records",
                            "--blocking-factor=128",
                            "--numeric-owner",
                            "--directory=" + folder.toAbsolutePath()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IOException("tar cannot be started: install GNU tar", e);
        }
        try {
            StringBuilder said = new StringBuilder();
            Thread listener = Thread.ofVirtual().start(() -> listen(process, said));
            IOException broken = feed(tar, process);
            int exit = process.waitFor();
            listener.join();
            if (exit != 0) {
                throw new IOException("tar failed with exit code " + exit + ": " + said);
            }
            if (broken != null) {
                throw broken;
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static @org.jspecify.annotations.Nullable IOException feed(InputStream tar, Process process)
            throws IOException {
        byte[] some = new byte[256 * 1024];
        try (OutputStream out = process.getOutputStream()) {
            for (int read = tar.read(some); read >= 0; read = tar.read(some)) {
                try {
                    out.write(some, 0, read);
                } catch (IOException e) {
                    return new IOException("tar ended before the archive did", e);
                }
            }
            return null;
        } catch (IOException e) {
            process.destroyForcibly(); // the archive itself cannot be read: that is the cause
            throw e;
        }
    }

    private static void listen(Process process, StringBuilder said) {
        try (InputStream in = process.getErrorStream()) {
            byte[] first = in.readNBytes(SHOWN);
            said.append(new String(first, StandardCharsets.UTF_8).strip().replaceAll("\\s+", " "));
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // It was ended.
        }
    }
}
