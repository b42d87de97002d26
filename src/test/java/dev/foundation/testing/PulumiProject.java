package dev.foundation.testing;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * A Pulumi project in a folder of its own, with the real CLI, a Java program and one provider by path: its state, home and passphrase
 * touch nothing outside the folder.
 */
public final class PulumiProject {
    private final Path folder;
    private final Path pulumi;
    private final Path languageHost;

    private PulumiProject(Path folder, Path pulumi, Path languageHost) {
        this.folder = folder;
        this.pulumi = pulumi;
        this.languageHost = languageHost;
    }

    /** What a command answered: standard output and error together. */
    public record Answer(int exitCode, String output) {}

    /**
     * Writes the project, with no stack yet.
     *
     * @param provider the package's name
     * @param arguments what the provider's main class gets before the engine's arguments
     */
    public static PulumiProject create(
            Path folder, Class<?> program, String provider, Class<?> providerMain, String... arguments)
            throws IOException {
        var project = new PulumiProject(folder, Tools.need("pulumi"), Tools.need("pulumi-language-java"));
        for (String part : List.of("home", "state", "plugin")) {
            Files.createDirectories(folder.resolve(part));
        }
        Files.writeString(folder.resolve("Pulumi.yaml"), """
                name: trial
                runtime:
                  name: java
                  options:
                    binary: program.jar
                plugins:
                  providers:
                    - name: %s
                      path: plugin
                """.formatted(provider));
        jar(folder.resolve("program.jar"), program);
        jar(folder.resolve("provider.jar"), providerMain);
        Path script = folder.resolve("plugin/pulumi-resource-" + provider);
        Files.writeString(
                script,
                "#!/bin/sh\nexec '" + java() + "' -jar '" + folder.resolve("provider.jar") + "' "
                        + Arrays.stream(arguments)
                                .map(argument -> "'" + argument + "' ")
                                .collect(Collectors.joining())
                        + "\"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return project;
    }

    /** Runs {@code pulumi} to its end, two minutes at most. */
    public Answer pulumi(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("pulumi " + String.join(" ", arguments) + " did not end:\n" + output);
        }
        System.out.println("pulumi " + String.join(" ", arguments) + " -> " + process.exitValue());
        return new Answer(process.exitValue(), output);
    }

    public Process start(String... arguments) throws IOException {
        var words = new ArrayList<String>();
        words.add(pulumi.toString());
        words.addAll(List.of(arguments));
        words.addAll(List.of("--non-interactive", "--color", "never"));
        var builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PULUMI_"));
        environment.put("PULUMI_HOME", folder.resolve("home").toString());
        environment.put("PULUMI_BACKEND_URL", folder.resolve("state").toUri().toString());
        environment.put("PULUMI_CONFIG_PASSPHRASE", "a passphrase of no worth");
        environment.put("PULUMI_SKIP_UPDATE_CHECK", "true");
        environment.put("PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "true");
        environment.put(
                "PATH",
                String.join(
                        File.pathSeparator,
                        java().resolve("..").normalize().toString(),
                        languageHost.resolve("..").normalize().toString(),
                        System.getenv("PATH")));
        return builder.start();
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** A jar with nothing but a manifest that leads to this test's own class path. */
    private static void jar(Path file, Class<?> main) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Arrays.stream(classPath().split(File.pathSeparator))
                                .map(entry ->
                                        Path.of(entry).toAbsolutePath().toUri().toString())
                                .collect(Collectors.joining(" ")));
        try (OutputStream out = Files.newOutputStream(file);
                var jar = new JarOutputStream(out, manifest)) {
            jar.finish();
        }
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
