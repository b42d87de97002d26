package dev.foundation.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One request to the agent: curl in its container, by {@code docker exec}. The answer is read as it comes, and ends normally only where curl
 * says that it was whole. Whatever ends this process (Ctrl-C, kill) ends the request: curl's keeper in the container sees the end of its
 * standard input, which stays open as long as this process lives, for Docker by itself leaves behind what it started.
 */
final class AgentCall implements AutoCloseable {
    /** Everything in it is the shell's own, so nothing is left behind in a container whose first process reaps no children. */
    static final String KEEPER = """
            exec 3<&0 </dev/null
            curl "$@" 3<&- & c=$!
            { while read -r _; do :; done; kill "$c"; } <&3 >/dev/null 2>&1 & w=$!
            exec 3<&-
            wait "$c"; r=$?
            kill "$w" 2>/dev/null; wait "$w" 2>/dev/null
            exit "$r\"""";

    private static final int MOST_HEAD = 64 * 1024;
    private static final long NOTICE_MILLIS = 200;

    private final String container;
    private final Process process;
    private final InputStream output;
    private final StringBuilder errors = new StringBuilder();
    private final Thread errorReader;
    private final Thread hook = Thread.ofPlatform().unstarted(this::endWithProcess);
    private final CountDownLatch answered = new CountDownLatch(1);
    private volatile boolean late;
    private volatile boolean ending;
    private int status;

    private AgentCall(String container, Process process) {
        this.container = container;
        this.process = process;
        this.output = new BufferedInputStream(process.getInputStream(), 64 * 1024);
        errorReader = Thread.ofVirtual().start(this::readErrors);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Sends the request and reads the head of the answer.
     *
     * @param curl its arguments, the address last
     * @param patience how long the head of the answer may take, whoever is slow: Docker, curl or the agent
     * @throws AgentException if there is no answer
     */
    static AgentCall open(
            Path docker, Map<String, String> environment, String container, List<String> curl, Duration patience)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(docker.toString(), "exec", "-i", container));
        command.addAll(List.of("sh", "-c", KEEPER, "sh", "--silent", "--show-error", "--no-buffer", "--include"));
        command.addAll(List.of("--connect-timeout", "5"));
        command.addAll(curl);
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        AgentCall call = new AgentCall(container, builder.start());
        try {
            call.head(patience);
            return call;
        } catch (IOException e) {
            call.close();
            throw e;
        }
    }

    /** The HTTP status. */
    int status() {
        return status;
    }

    /** The answer's content. Its end is normal only if all of it came; else the read throws an {@link AgentException}. */
    InputStream body() {
        return new Whole();
    }

    private void head(Duration patience) throws IOException {
        Thread.ofVirtual().start(() -> watch(patience));
        try {
            do {
                status = statusOf(line());
                for (String field = line(); !field.isEmpty(); field = line()) {
                    // Of the fields, none matters here.
                }
            } while (status < 200);
        } finally {
            answered.countDown();
        }
    }

    private void watch(Duration patience) {
        try {
            if (!answered.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                late = true;
                stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int statusOf(String line) throws AgentException {
        String[] words = line.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/") || !words[1].matches("[1-5][0-9]{2}")) {
            throw new AgentException(
                    AgentException.SILENT,
                    "the container " + container + " answered something that is no HTTP: is it of another version? Run"
                            + " `./foundation up`");
        }
        return Integer.parseInt(words[1]);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = output.read(); next != '\n'; next = output.read()) {
            if (next < 0 || line.length() > MOST_HEAD) {
                throw failed(false);
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    /** The child's standard output has ended: what its exit code says. */
    private AgentException failed(boolean begun) {
        try {
            boolean over = process.waitFor(5, TimeUnit.SECONDS);
            errorReader.join(Duration.ofSeconds(1));
            if (begun || ending) {
                // Ctrl-C at a terminal reaches docker too. What was asked to end need not be reported as broken.
                Thread.sleep(NOTICE_MILLIS);
                while (ending) {
                    LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
                }
            }
            if (late) {
                return AgentFailures.tooSlow(container);
            }
            return AgentFailures.of(container, over ? process.exitValue() : -1, said(), begun);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return AgentFailures.of(container, -1, "interrupted", begun);
        }
    }

    private void readErrors() {
        try (InputStream stream = process.getErrorStream()) {
            byte[] some = new byte[1024];
            for (int read = stream.read(some); read >= 0; read = stream.read(some)) {
                synchronized (errors) {
                    if (errors.length() < MOST_HEAD) {
                        errors.append(new String(some, 0, read, StandardCharsets.UTF_8));
                    }
                }
            }
        } catch (IOException e) {
            // The child was ended: what it said so far is all there is.
        }
    }

    private String said() {
        synchronized (errors) {
            return errors.toString();
        }
    }

    private void endWithProcess() {
        ending = true;
        stop();
    }

    /** First kindly: the end of standard input goes through Docker to the keeper, who ends curl. */
    private void stop() {
        List<ProcessHandle> children = process.descendants().toList();
        try {
            end();
        } finally {
            // One that was left behind would hold the output open, and whoever reads it would wait for it.
            children.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private void end() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended already.
        }
        try {
            if (process.waitFor(1, TimeUnit.SECONDS)) {
                return;
            }
            process.destroy();
            process.waitFor(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // The JVM is going down, and the hook does it.
        }
        stop();
    }

    private final class Whole extends InputStream {
        private boolean ended;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = ended ? -1 : output.read(buffer, offset, length);
            if (read < 0 && !ended) {
                if (!fine()) {
                    throw failed(true);
                }
                ended = true;
            }
            return read;
        }

        private boolean fine() {
            try {
                return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
