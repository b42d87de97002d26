package dev.foundation.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM that works through lines; it idles in between. */
final class Child implements AutoCloseable {
    /** As {@code scripts/images/agent/agent}: 45 % of a container of 512 MB. */
    static final List<String> AGENTS = List.of("-XX:+UseSerialGC", "-Xmx230m", "-Xmn64m");

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter work;
    private final long begun = System.nanoTime();

    private Child(List<String> flags, Class<?> main, List<String> arguments, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(flags);
        command.addAll(List.of(
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        process = builder.start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        work = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    static Child start(List<String> flags, Class<?> main, List<String> arguments) throws IOException {
        return start(flags, main, arguments, Map.of());
    }

    /** @param environment added to this one's */
    static Child start(List<String> flags, Class<?> main, List<String> arguments, Map<String, String> environment)
            throws IOException {
        return new Child(flags, main, arguments, environment);
    }

    /** The numbers of the answer: seconds and CPU seconds first. */
    double[] ask(Object... words) throws IOException {
        work.write(String.join("\t", Arrays.stream(words).map(Object::toString).toList()) + "\n");
        work.flush();
        String answer = answers.readLine();
        if (answer == null || !answer.startsWith("ok ")) {
            throw new IOException("the child failed at " + Arrays.toString(words) + ": " + answer);
        }
        return Arrays.stream(answer.substring(3).split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** Seconds from its start to its end, for which it is told that nothing more comes. */
    double end() throws IOException, InterruptedException {
        work.close();
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException("the child ended with " + code);
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    /** The most memory that it has held, its threads' and libraries' included; bytes. */
    long residentPeak() throws IOException {
        return java.nio.file.Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
