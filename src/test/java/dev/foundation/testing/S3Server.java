package dev.foundation.testing;

import dev.foundation.objectstore.S3Access;
import dev.foundation.objectstore.S3Engine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real S3 server with empty storage. */
public final class S3Server implements AutoCloseable {
    private final S3Engine engine;
    private final S3Access root;
    private final ServerProcess process;

    private S3Server(S3Engine engine, S3Access root, ServerProcess process) {
        this.engine = engine;
        this.root = root;
        this.process = process;
    }

    /** Whether the engine's binary is there. */
    public static boolean available(S3Engine engine) {
        return Tools.find(engine.toString()).isPresent();
    }

    public static S3Server start(S3Engine engine, Path folder) throws IOException, InterruptedException {
        int port = Tools.freePort();
        return start(engine, folder, port);
    }

    public static S3Server start(S3Engine engine, Path folder, int port) throws IOException, InterruptedException {
        var root =
                new S3Access(URI.create("http://127.0.0.1:" + port), "us-east-1", "test-root", "test-root-secret-key");
        var binary = Tools.find(engine.toString()).orElseThrow().toString();
        var data = Files.createDirectories(folder.resolve("data")).toString();
        var log = folder.resolve("server.log");
        var process = switch (engine) {
            case VERSITYGW ->
                ServerProcess.start(
                        List.of(
                                binary,
                                "--port",
                                "127.0.0.1:" + port,
                                "--iam-dir",
                                Files.createDirectories(folder.resolve("iam")).toString(),
                                "posix",
                                "--versioning-dir",
                                Files.createDirectories(folder.resolve("versions"))
                                        .toString(),
                                data),
                        Map.of("ROOT_ACCESS_KEY", root.accessKey(), "ROOT_SECRET_KEY", root.secretKey()),
                        log,
                        port);
            case RUSTFS ->
                ServerProcess.start(
                        List.of(binary, data),
                        Map.of(
                                "RUSTFS_ADDRESS",
                                "127.0.0.1:" + port,
                                "RUSTFS_CONSOLE_ENABLE",
                                "false",
                                "RUSTFS_RUNTIME_THREAD_STACK_SIZE",
                                "33554432",
                                "RUSTFS_ACCESS_KEY",
                                root.accessKey(),
                                "RUSTFS_SECRET_KEY",
                                root.secretKey()),
                        log,
                        port);
        };
        return new S3Server(engine, root, process);
    }

    public S3Engine engine() {
        return engine;
    }

    public S3Access root() {
        return root;
    }

    @Override
    public void close() {
        process.close();
    }
}
