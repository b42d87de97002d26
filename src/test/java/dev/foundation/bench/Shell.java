package dev.foundation.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Peers as a person would start them, timed from start to exit. */
final class Shell {
    private final Path log;

    Shell(Path log) {
        this.log = log;
    }

    /** Seconds. @throws IOException if any program of it fails, with the end of what it said */
    double run(String script, Map<String, String> environment) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("bash", "-e", "-o", "pipefail", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        long begun = System.nanoTime();
        Process process = builder.start();
        try {
            int code = process.waitFor();
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (code != 0) {
                String said = Files.readString(log);
                throw new IOException("this failed (" + code + "): " + script + "\n"
                        + said.substring(Math.max(0, said.length() - 2000)));
            }
            return seconds;
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            boolean _ = process.waitFor(10, TimeUnit.SECONDS);
        }
    }
}
