package dev.foundation.testing;

import dev.foundation.postgres.PostgresAccess;
import dev.foundation.process.Command;
import dev.foundation.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A real Postgres on a free loopback port, with SCRAM only. Postgres refuses to be root, so as root it runs as {@code nobody}. */
public final class PostgresServer implements AutoCloseable {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private final PostgresAccess root;
    private final ServerProcess process;

    private PostgresServer(PostgresAccess root, ServerProcess process) {
        this.root = root;
        this.process = process;
    }

    public static boolean available() throws IOException {
        return bin() != null;
    }

    private static @org.jspecify.annotations.Nullable Path bin() throws IOException {
        if (!Files.isDirectory(DEBIAN)) {
            return null;
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .findFirst()
                    .orElse(null);
        }
    }

    public static PostgresServer start(Path folder) throws IOException, InterruptedException {
        return start(folder, "admin");
    }

    /** @param bootstrap the superuser that initdb makes */
    public static PostgresServer start(Path folder, String bootstrap) throws IOException, InterruptedException {
        var bin = bin();
        if (bin == null) {
            throw new IOException("no Postgres here");
        }
        var root = new PostgresAccess("127.0.0.1", Tools.freePort(), bootstrap, "admin-password-of-the-test");
        var passwords = folder.resolve("password");
        Files.writeString(passwords, root.password());
        openTo(folder, passwords);
        var data = folder.resolve("data").toString();
        var init = Processes.run(Command.of(asNobody(List.of(
                        bin.resolve("initdb").toString(),
                        "--pgdata=" + data,
                        "--username=" + root.user(),
                        "--pwfile=" + passwords,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--no-sync")))
                .within(Duration.ofMinutes(2)));
        if (!init.ok()) {
            throw new IOException("initdb: " + init.errors());
        }
        var command = asNobody(List.of(
                bin.resolve("postgres").toString(),
                "-D",
                data,
                "-p",
                Integer.toString(root.port()),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=" + folder,
                "-c",
                "log_statement=all",
                "-c",
                "fsync=off"));
        var process = ServerProcess.start(command, Map.of(), folder.resolve("server.log"), root.port());
        ready(bin, root.port());
        return new PostgresServer(root, process);
    }

    /** The port is open before the server takes anybody in. */
    private static void ready(Path bin, int port) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!Processes.run(Command.of(List.of(
                        bin.resolve("pg_isready").toString(), "-q", "-h", "127.0.0.1", "-p", Integer.toString(port))))
                .ok()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("Postgres on port " + port + " takes nobody in");
            }
            Thread.sleep(50);
        }
    }

    /** Lets another user into the folder, which JUnit makes for its own user alone. */
    public static void openTo(Path folder, Path... files) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        for (var file : files) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
    }

    /** Prefixes a command so that root runs it as nobody. */
    public static List<String> asNobody(List<String> command) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return command;
        }
        var all = new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"));
        all.addAll(command);
        return all;
    }

    public PostgresAccess root() {
        return root;
    }

    public String log() throws IOException {
        return process.log();
    }

    @Override
    public void close() {
        process.close();
    }
}
