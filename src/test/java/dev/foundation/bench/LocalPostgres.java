package dev.foundation.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Postgres on loopback with its own defaults, {@code fsync} and all, from Debian's packages. It refuses to be root, so root starts it as
 * {@code nobody}: its folder must be one that others get to.
 */
final class LocalPostgres implements AutoCloseable {
    static final String USER = "postgres";

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final String PASSWORD = "bench-secret-key";

    private final Process process;
    private final Path bin;
    private final int port;

    private LocalPostgres(Process process, Path bin, int port) {
        this.process = process;
        this.bin = bin;
        this.port = port;
    }

    /** Where {@code initdb} and the client programs are. @throws IOException if there are none */
    static Path programs() throws IOException {
        if (Files.isDirectory(DEBIAN)) {
            try (Stream<Path> versions = Files.list(DEBIAN)) {
                var newest = versions.filter(each -> Files.isExecutable(each.resolve("bin/initdb")))
                        .max(Comparator.comparingInt(LocalPostgres::number));
                if (newest.isPresent()) {
                    return newest.get().resolve("bin");
                }
            }
        }
        throw new IOException("there is no Postgres in " + DEBIAN + ": as root, apt-get install -y postgresql");
    }

    private static int number(Path version) {
        String name = version.getFileName().toString();
        return name.matches("[0-9]{1,4}") ? Integer.parseInt(name) : 0;
    }

    /** @param folder empty, in one that every user may enter */
    static LocalPostgres start(Path folder) throws IOException, InterruptedException {
        Path bin = programs();
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        Path log = folder.resolve("log");
        Process made = new ProcessBuilder(unprivileged(List.of(
                        bin.resolve("initdb").toString(),
                        "--pgdata=" + folder.resolve("data"),
                        "--username=" + USER,
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C.UTF-8",
                        "--no-sync")))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (made.waitFor() != 0) {
            throw new IOException("initdb failed: " + Files.readString(log));
        }
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Process process = new ProcessBuilder(unprivileged(List.of(
                        bin.resolve("postgres").toString(),
                        "-D",
                        folder.resolve("data").toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=" + folder)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        var server = new LocalPostgres(process, bin, port);
        try {
            server.await(log);
            return server;
        } catch (IOException | InterruptedException e) {
            server.close();
            throw e;
        }
    }

    private void await(Path log) throws IOException, InterruptedException {
        List<String> ready =
                List.of(bin.resolve("pg_isready").toString(), "-q", "-h", "127.0.0.1", "-p", Integer.toString(port));
        for (int i = 0; i < 600 && process.isAlive(); i++) {
            if (new ProcessBuilder(ready).start().waitFor() == 0) {
                return;
            }
            Thread.sleep(100);
        }
        throw new IOException("Postgres does not come up: " + Files.readString(log));
    }

    private static List<String> unprivileged(List<String> command) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return command;
        }
        var all = new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"));
        all.addAll(command);
        return all;
    }

    int port() {
        return port;
    }

    String password() {
        return PASSWORD;
    }

    /** For its client programs. */
    static Map<String, String> environment(int port) {
        return Map.of("PGHOST", "127.0.0.1", "PGPORT", Integer.toString(port), "PGUSER", USER, "PGPASSWORD", PASSWORD);
    }

    /** At once, without writing down what it has in memory: its folder goes next. */
    @Override
    public void close() {
        try {
            new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
