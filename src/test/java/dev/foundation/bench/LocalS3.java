package dev.foundation.bench;

import dev.foundation.objectstore.S3Access;
import dev.foundation.objectstore.S3Clients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** An S3 server on loopback, with one bucket {@code bench}, that every contender writes to. */
final class LocalS3 implements AutoCloseable {
    static final String BUCKET = "bench";

    /** The kinds. */
    enum Kind {
        /** {@code scripts/bench/parts/sink}: takes everything, checks nothing, keeps small objects only. What is measured is who writes (T3). */
        SINK,
        VERSITYGW,
        RUSTFS;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final Kind kind;
    private final Process process;
    private final Path data;
    private final S3Access access;

    private LocalS3(Kind kind, Process process, Path data, S3Access access) {
        this.kind = kind;
        this.process = process;
        this.data = data;
        this.access = access;
    }

    /** @param folder for its data */
    static LocalS3 start(Kind kind, BenchTools tools, Path folder) throws IOException, InterruptedException {
        int port = freePort();
        String address = "127.0.0.1:" + port;
        var access = new S3Access(URI.create("http://" + address), "us-east-1", "bench", "bench-secret-key");
        Path data = Files.createDirectories(folder.resolve("data"));
        String program = tools.need(kind.toString()).toString();
        var command = new ArrayList<>(List.of(program));
        var builder = new ProcessBuilder(command);
        switch (kind) {
            case SINK -> command.add(address);
            case VERSITYGW -> {
                command.addAll(List.of("--port", address, "--iam-dir"));
                command.add(Files.createDirectories(folder.resolve("iam")).toString());
                command.addAll(List.of("posix", "--versioning-dir"));
                command.add(Files.createDirectories(folder.resolve("versions")).toString());
                command.add(data.toString());
                builder.environment()
                        .putAll(Map.of("ROOT_ACCESS_KEY", access.accessKey(), "ROOT_SECRET_KEY", access.secretKey()));
            }
            case RUSTFS -> {
                command.add(data.toString());
                builder.environment()
                        .putAll(Map.of(
                                "RUSTFS_ADDRESS",
                                address,
                                "RUSTFS_CONSOLE_ENABLE",
                                "false",
                                "RUSTFS_ACCESS_KEY",
                                access.accessKey(),
                                "RUSTFS_SECRET_KEY",
                                access.secretKey()));
            }
        }
        Path log = folder.resolve(kind + ".log");
        Process process = builder.command(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var server = new LocalS3(kind, process, data, access);
        try {
            await(server, port, log);
            if (kind != Kind.SINK) {
                server.bucket(BUCKET, false);
            }
            return server;
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static void await(LocalS3 server, int port, Path log) throws IOException, InterruptedException {
        for (int i = 0; i < 600 && server.process.isAlive(); i++) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
                return;
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new IOException(server.kind + " does not come up: " + Files.readString(log));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** In memory where it can be: a file system that takes extended attributes, which versitygw needs. */
    static Path fastFolder(Path otherwise) throws IOException {
        Path memory = Path.of("/dev/shm");
        if (Files.isWritable(memory)) {
            Path probe = Files.createTempFile(memory, "bench", "");
            try {
                Files.getFileAttributeView(probe, UserDefinedFileAttributeView.class)
                        .write("probe", ByteBuffer.wrap(new byte[1]));
                return memory;
            } catch (IOException | UnsupportedOperationException e) {
                return otherwise;
            } finally {
                Files.delete(probe);
            }
        }
        return otherwise;
    }

    S3Client client() {
        return S3Clients.builder(access, Duration.ofMinutes(2)).build();
    }

    void bucket(String name, boolean versioned) {
        try (S3Client s3 = client()) {
            s3.createBucket(r -> r.bucket(name));
            if (versioned) {
                s3.putBucketVersioning(
                        r -> r.bucket(name).versioningConfiguration(c -> c.status(BucketVersioningStatus.ENABLED)));
            }
        }
    }

    Kind kind() {
        return kind;
    }

    S3Access access() {
        return access;
    }

    /** Its CPU time so far, in milliseconds. */
    long cpuMillis() {
        return process.info()
                .totalCpuDuration()
                .map(java.time.Duration::toMillis)
                .orElse(0L);
    }

    /** Removes what a contender has left, so that disks and memory do not fill up. Not needed by the sink. */
    void clean(String prefix) throws IOException {
        switch (kind) {
            case SINK -> {}
            case VERSITYGW, RUSTFS -> Scratch.remove(data.resolve(BUCKET).resolve(prefix));
        }
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
