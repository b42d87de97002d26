package dev.foundation.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foundation.e2e.TestMachine.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A clone of this repository on a {@link TestMachine}, used as a person would: by its command line. */
final class Foundation {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final Duration UP = Duration.ofMinutes(12);

    final TestMachine machine;
    final Path clone;
    private String rootToken = "";
    private String exports = "";

    Foundation(TestMachine machine) throws IOException, InterruptedException {
        this(machine, Path.of("").toAbsolutePath());
    }

    /** @param origin what is cloned */
    Foundation(TestMachine machine, Path origin) throws IOException, InterruptedException {
        this.machine = machine;
        this.clone = machine.home().resolve("foundation");
        Path repository = Path.of("").toAbsolutePath();
        machine.run("git", "-c", "safe.directory=*", "clone", "-q", origin.toString(), clone.toString())
                .mustSucceed();
        // The jar that Maven has just built and tested, newer than the clone's sources, so that it is not built again.
        machine.run(
                        "cp",
                        "-a",
                        repository.resolve("target/foundation.jar").toString(),
                        clone("target").toString())
                .mustSucceed();
        machine.run(
                        "cp",
                        "-a",
                        repository.resolve("target/lib").toString(),
                        clone("target").toString())
                .mustSucceed();
        Files.writeString(clone("target/.built"), "");
        Files.setLastModifiedTime(
                clone("target/.built"), FileTime.from(Instant.now().plusSeconds(1)));
        machine.run("git", "config", "--global", "user.email", "test@localhost").mustSucceed();
        machine.run("git", "config", "--global", "user.name", "Test").mustSucceed();
    }

    /** The S3 engine that {@code auto} chooses on this machine. */
    static String engine() throws IOException {
        return TestMachine.hasImage("rustfs") ? "rustfs" : "versitygw";
    }

    private Path clone(String inside) throws IOException {
        Path path = clone.resolve(inside);
        Files.createDirectories(path.getParent());
        if (inside.equals("target")) {
            Files.createDirectories(path);
        }
        return path;
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    /** @param more environment; an empty value removes the variable */
    Result run(Map<String, String> more, String... arguments) throws IOException, InterruptedException {
        String[] command =
                Stream.concat(Stream.of("./foundation"), Stream.of(arguments)).toArray(String[]::new);
        Result result = machine.run(clone, more, UP, command);
        System.out.println("$ " + String.join(" ", command) + "   (exit " + result.exit() + ")");
        return result;
    }

    /** A plain pulumi, in a shell that {@code ./foundation env} prepared once. */
    Result pulumi(String arguments) throws IOException, InterruptedException {
        return shell("pulumi --non-interactive " + arguments);
    }

    /** In a shell that {@code ./foundation env} prepared once. */
    Result shell(String script) throws IOException, InterruptedException {
        if (exports.isEmpty()) {
            exports = machine.run(clone, Map.of(), UP, "sh", "-c", "./foundation env 2>/dev/null")
                    .mustSucceed()
                    .output();
        }
        return machine.run(clone, Map.of("EXPORTS", exports), UP, "sh", "-c", "eval \"$EXPORTS\" && " + script);
    }

    JsonNode json(Result result) throws IOException {
        String text = result.mustSucceed().output();
        return JSON.readTree(text.substring(Math.max(0, text.indexOf('{'))));
    }

    String output(String name) throws IOException, InterruptedException {
        String text = shell("pulumi stack output " + name + " --show-secrets --stack foundation 2>/dev/null")
                .mustSucceed()
                .output();
        return text.strip();
    }

    /** The state as Pulumi keeps it on disk, all files of it. */
    String stateOnDisk() throws IOException, InterruptedException {
        return machine.run("sh", "-c", "cat $(find " + machine.home() + "/.local/state -type f)")
                .output();
    }

    /** Asked of Pulumi once: it stays the same for this foundation's life. */
    String rootToken() throws IOException, InterruptedException {
        if (rootToken.isEmpty()) {
            rootToken = output("vaultRootToken");
        }
        return rootToken;
    }

    /** Runs a request to Vault as root of it. */
    JsonNode vault(String method, String path, String body) throws IOException, InterruptedException {
        return JSON.readTree(vaultAnswer(rootToken(), method, path, body).output());
    }

    Result vaultAnswer(String token, String method, String path, String body) throws IOException, InterruptedException {
        return machine.run(
                "curl",
                "-sS",
                "-X",
                method,
                "-H",
                "X-Vault-Token: " + token,
                "-d",
                body,
                "-w",
                "",
                "http://127.0.0.1:8200/v1/" + path);
    }

    int vaultStatus(String token, String path) throws IOException, InterruptedException {
        return Integer.parseInt(machine.run(
                        "curl",
                        "-sS",
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{http_code}",
                        "-H",
                        "X-Vault-Token: " + token,
                        "http://127.0.0.1:8200/v1/" + path)
                .mustSucceed()
                .output()
                .strip());
    }

    /** One credential out of Vault, by its path behind the mount. */
    Map<String, String> credential(String path) throws IOException, InterruptedException {
        Map<String, String> values = new LinkedHashMap<>();
        vault("GET", "foundation/data/" + path, "")
                .at("/data/data")
                .properties()
                .forEach(each -> values.put(each.getKey(), each.getValue().asText()));
        if (values.isEmpty()) {
            throw new AssertionError("Vault has nothing at " + path);
        }
        return values;
    }

    /** HTTP status of a signed S3 request. */
    Result s3(Map<String, String> credential, String... curl) throws IOException, InterruptedException {
        String[] command = Stream.concat(
                        Stream.of(
                                "curl",
                                "-sS",
                                "--aws-sigv4",
                                "aws:amz:us-east-1:s3",
                                "--user",
                                credential.get("accessKey") + ":" + credential.get("secretKey"),
                                "-H",
                                "x-amz-content-sha256: UNSIGNED-PAYLOAD"),
                        Stream.of(curl))
                .toArray(String[]::new);
        return machine.run(command);
    }

    void waitUntilHealthy(Duration patience) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        Result status;
        do {
            status = run("status", "--json");
            if (!status.output().contains("\"starting\"") && status.exit() == 0) {
                return;
            }
            Thread.sleep(2000);
        } while (System.nanoTime() < deadline);
        throw new AssertionError("not healthy after " + patience + ": " + status.output());
    }
}
