package dev.foundation.testing;

import dev.foundation.postgres.PostgresAdmin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A real Gitea on a free loopback port and a real Postgres. Gitea refuses to be root, so as root it runs as {@code nobody}. */
public final class GiteaServer implements AutoCloseable {
    private final URI url;
    private final Path binary;
    private final Path config;
    private final Path home;
    private final ServerProcess process;

    private GiteaServer(URI url, Path binary, Path config, Path home, ServerProcess process) {
        this.url = url;
        this.binary = binary;
        this.config = config;
        this.home = home;
        this.process = process;
    }

    public static boolean available() {
        return Tools.find("gitea").isPresent() && staticFiles().isPresent();
    }

    /** A Gitea built as a Go module brings its templates and options along in the module cache. */
    private static Optional<Path> staticFiles() {
        var caches = Stream.of(System.getenv("GOMODCACHE"), System.getProperty("user.home") + "/go/pkg/mod")
                .filter(Objects::nonNull);
        return caches.map(cache -> Path.of(cache, "code.gitea.io/gitea@v1.26.0"))
                .filter(Files::isDirectory)
                .findFirst();
    }

    public static GiteaServer start(Path folder, PostgresServer postgres) throws IOException, InterruptedException {
        int port = Tools.freePort();
        var url = URI.create("http://127.0.0.1:" + port);
        try (var admin = PostgresAdmin.connect(postgres.root())) {
            admin.putRole("gitea", "gitea-password-of-the-test", true);
            admin.createDatabase("gitea", "gitea");
        }
        PostgresServer.openTo(folder);
        var files = Files.createDirectories(folder.resolve("static"));
        copyTrees(staticFiles().orElseThrow(), files);
        var binary = Files.copy(Tools.find("gitea").orElseThrow(), folder.resolve("gitea"));
        Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwxr-xr-x"));
        var work = Files.createDirectories(folder.resolve("work"));
        PostgresServer.openTo(work);
        var config = folder.resolve("app.ini");
        Files.writeString(
                config, """
                RUN_USER = nobody
                WORK_PATH = %s
                [server]
                HTTP_ADDR = 127.0.0.1
                HTTP_PORT = %d
                ROOT_URL = %s/
                STATIC_ROOT_PATH = %s
                DISABLE_SSH = true
                LFS_START_SERVER = true
                LFS_JWT_SECRET = AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
                [database]
                DB_TYPE = postgres
                HOST = 127.0.0.1:%d
                NAME = gitea
                USER = gitea
                PASSWD = gitea-password-of-the-test
                [security]
                INSTALL_LOCK = true
                SECRET_KEY = a-secret-key-of-the-test
                INTERNAL_TOKEN = eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJuYmYiOjE1NTg4NTkyNjd9.test
                [oauth2]
                JWT_SECRET = AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
                [service]
                DISABLE_REGISTRATION = true
                REQUIRE_SIGNIN_VIEW = true
                [log]
                LEVEL = Info
                [actions]
                ENABLED = false
                """.formatted(work, port, url, files, postgres.root().port()));
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-rw-rw-"));
        var command = PostgresServer.asNobody(List.of(binary.toString(), "--config", config.toString(), "web"));
        var process = ServerProcess.start(
                command, Map.of("HOME", work.toString(), "USER", "nobody"), folder.resolve("gitea.log"), port);
        return new GiteaServer(url, binary, config, work, process);
    }

    private static void copyTrees(Path from, Path to) throws IOException, InterruptedException {
        for (var tree : List.of("templates", "options", "public")) {
            dev.foundation.process.Processes.run(dev.foundation.process.Command.of(
                    List.of("cp", "-r", "--no-preserve=mode", from.resolve(tree).toString(), to.toString())));
        }
    }

    public URI url() {
        return url;
    }

    public Path binary() {
        return binary;
    }

    public Path config() {
        return config;
    }

    /** What the server's own user has as home. */
    public Path home() {
        return home;
    }

    public String log() throws IOException {
        return process.log();
    }

    @Override
    public void close() {
        process.close();
    }
}
