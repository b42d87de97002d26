package dev.foundation.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The agent runs on a Java of the modules that {@code scripts/parts/agent-runtime/build} links; what is missing shows only when a class is loaded there. */
final class AgentRuntimeTest {
    /** By the beginnings of their jars' names. Others hold parts for desktops and compilers, which the agent never loads. */
    private static final List<String> USED = List.of(
            "httpclient5-",
            "httpcore5-",
            "apache5-client-",
            "http-client-spi-",
            "sdk-core-",
            "aws-core-",
            "s3-",
            "http-auth-aws-2",
            "jagged-",
            "zstd-jni-",
            "prometheus-metrics-core-");

    @Test
    void everyModuleOfTheLibrariesThatItUsesIsLinked() throws Exception {
        Matcher linked = Pattern.compile("--add-modules \\\\\n\\s*(\\S+)")
                .matcher(Files.readString(Path.of("scripts/parts/agent-runtime/build")));
        assertThat(linked.find()).isTrue();
        List<String> jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> each.endsWith(".jar"))
                .filter(each ->
                        USED.stream().anyMatch(Path.of(each).getFileName().toString()::startsWith))
                .toList();
        assertThat(jars).hasSizeGreaterThanOrEqualTo(USED.size());
        Set<String> wanted = new TreeSet<>(modules(Path.of("target/classes").toString()));
        for (String jar : jars) {
            wanted.addAll(modules(jar));
        }
        assertThat(wanted).contains("java.net.http", "jdk.net");
        assertThat(Set.of(linked.group(1).split(","))).containsAll(wanted);
    }

    private static Set<String> modules(String path) {
        var out = new StringWriter();
        int code = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(out),
                        new PrintWriter(out),
                        "--multi-release",
                        "25",
                        "--ignore-missing-deps",
                        "--print-module-deps",
                        path);
        assertThat(code).as(path + ": " + out).isZero();
        return Arrays.stream(out.toString().strip().lines().toList().getLast().split(","))
                .collect(Collectors.toSet());
    }
}
