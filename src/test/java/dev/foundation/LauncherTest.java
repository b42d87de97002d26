package dev.foundation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code foundation}, with a java and a Maven that only write down what they were asked. */
@Timeout(60)
final class LauncherTest {
    @TempDir
    private Path folder;

    private Path repository;
    private Path bin;
    private Path jdk;

    private record Answer(int exit, String out, String err) {}

    @BeforeEach
    void setUp() throws IOException {
        repository = Files.createDirectories(folder.resolve("the clone"));
        bin = Files.createDirectories(folder.resolve("bin"));
        jdk = Files.createDirectories(folder.resolve("jdk"));
        script(repository.resolve("foundation"), Files.readString(Path.of("foundation")));
        Path provider =
                Files.createDirectories(repository.resolve("scripts/provider")).resolve("pulumi-resource-foundation");
        script(provider, Files.readString(Path.of("scripts/provider/pulumi-resource-foundation")));
        Files.createDirectories(repository.resolve("src/main"));
        Files.writeString(repository.resolve("pom.xml"), "<project/>");
        Files.writeString(repository.resolve("src/main/A.java"), "class A {}");
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.3\"\n");
        Files.createDirectories(jdk.resolve("bin"));
        script(jdk.resolve("bin/java"), """
                #!/bin/sh
                case " $* " in *AOTCacheOutput*) exit 1 ;; esac
                echo "java: $*"
                echo "home: $FOUNDATION_HOME"
                """);
        script(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        script(
                bin.resolve("mvn"),
                "#!/bin/sh\necho maven talks\necho \"$@\" >> '" + folder + "/mvn'\n[ ! -e '" + folder
                        + "/broken' ] || exit 1\nsleep 0.5\nmkdir -p target; touch target/foundation.jar\n");
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Process start(Map<String, String> environment, Path program, String... arguments) throws IOException {
        List<String> argv = new ArrayList<>(List.of(program.toString()));
        argv.addAll(List.of(arguments));
        var builder = new ProcessBuilder(argv);
        builder.environment().clear();
        builder.environment().put("PATH", bin + ":/usr/bin:/bin");
        builder.environment().put("HOME", folder.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Answer finish(Process process) throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Answer(process.exitValue(), out, err);
    }

    private Answer run(String... arguments) throws IOException, InterruptedException {
        return finish(start(Map.of("JAVA_HOME", jdk.toString()), repository.resolve("foundation"), arguments));
    }

    private int builds() throws IOException {
        Path log = folder.resolve("mvn");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    @Test
    void theFirstRunBuildsTheSecondDoesNotAndANewerSourceDoes() throws Exception {
        Answer first = run("status", "two words");
        assertThat(first.exit()).isZero();
        assertThat(first.out())
                .contains("-jar " + repository + "/target/foundation.jar status two words", "home: " + repository);
        assertThat(first.out()).doesNotContain("maven talks").doesNotContain("building");
        assertThat(first.err()).contains("building foundation.jar", "built foundation.jar");
        assertThat(run("status").err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
        Files.setLastModifiedTime(
                repository.resolve("src/main/A.java"),
                FileTime.from(Instant.now().plusSeconds(5)));
        run("status");
        assertThat(builds()).isEqualTo(2);
        assertThat(Files.readAllLines(folder.resolve("mvn")))
                .allMatch(line -> line.contains("-q -B") && line.endsWith("package"));
    }

    @Test
    void aSourceThatWasRemovedCountsAsNewer() throws Exception {
        run("status");
        Files.delete(repository.resolve("src/main/A.java"));
        Files.setLastModifiedTime(
                repository.resolve("src/main"), FileTime.from(Instant.now().plusSeconds(5)));
        run("status");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void withoutArgumentsItShowsTheHelp() throws Exception {
        assertThat(run().out()).contains("foundation.jar --help");
    }

    @Test
    void theProviderScriptSaysNothingOnStandardOutputButItsOwn() throws Exception {
        Path provider = repository.resolve("scripts/provider/pulumi-resource-foundation");
        Answer answer = finish(start(Map.of("JAVA_HOME", jdk.toString()), provider, "vault", "127.0.0.1:1"));
        assertThat(answer.out().lines().findFirst())
                .hasValueSatisfying(line ->
                        assertThat(line).startsWith("java: ").endsWith("foundation.jar provider vault 127.0.0.1:1"));
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        Map<String, String> environment = Map.of("JAVA_HOME", jdk.toString());
        Process one = start(environment, repository.resolve("foundation"), "a");
        Process two = start(environment, repository.resolve("foundation"), "b");
        assertThat(finish(one).exit()).isZero();
        assertThat(finish(two).exit()).isZero();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void aFailedBuildShowsMavensOutputAndIsTriedAgain() throws Exception {
        Files.createFile(folder.resolve("broken"));
        Answer answer = run("status");
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.err()).contains("maven talks", "the jar could not be built (mvn exit 1)", "build.log");
        Files.delete(folder.resolve("broken"));
        assertThat(run("status").exit()).isZero();
    }

    @Test
    void anotherJdkIsNotTakenForA25() throws Exception {
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"21.0.2\"\n");
        Answer answer = run("status");
        assertThat(answer.out()).doesNotContain("java: ");
    }

    @Test
    void aJdkFromSdkmanIsFound() throws Exception {
        Path candidates = Files.createDirectories(folder.resolve("sdk/candidates/java"));
        Files.move(jdk, candidates.resolve("25.0.3-tem"));
        Answer answer = finish(
                start(Map.of("SDKMAN_DIR", folder.resolve("sdk").toString()), repository.resolve("foundation"), "x"));
        // The machine's own JDK 25, where there is one in /usr/lib/jvm, comes first.
        assertThat(answer.err() + answer.out()).doesNotContain("no JDK 25 found");
    }

    @Test
    void testHasTwoWaysAndRefusesAThird() throws Exception {
        assertThat(run("test", "--unit").exit()).isZero();
        assertThat(Files.readAllLines(folder.resolve("mvn"))).containsExactly("-B test");
        Files.delete(folder.resolve("mvn"));
        assertThat(run("test").out()).contains("foundation.jar build --for-tests");
        assertThat(Files.readAllLines(folder.resolve("mvn"))).first().isEqualTo("-B test");
        assertThat(Files.readAllLines(folder.resolve("mvn")))
                .last()
                .isEqualTo("-B verify -DskipUnitTests=true -Dfoundation.tools.required=true");
        assertThat(run("test", "--all").exit()).isEqualTo(2);
    }
}
