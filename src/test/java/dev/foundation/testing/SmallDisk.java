package dev.foundation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A folder with a disk of its own (tmpfs) that has little room. Without the right to mount one, which takes root, the test is skipped and says so. */
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** @param size as {@code mount -o size=} takes it */
    public static SmallDisk mount(Path folder, String size) throws IOException, InterruptedException {
        if (!done("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString())) {
            String reason = "SKIPPED: a tmpfs cannot be mounted here (it takes root): no disk that runs full";
            System.out.println(reason);
            Assumptions.abort(reason);
        }
        return new SmallDisk(folder);
    }

    public void grow(String size) throws IOException, InterruptedException {
        assertThat(done("mount", "-o", "remount,size=" + size, folder.toString()))
                .isTrue();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        assertThat(done("umount", folder.toString())).isTrue();
    }

    private static boolean done(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }
}
