package dev.foundation.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the server binaries that tests run: folder by system property {@code foundation.tools} or variable {@code FOUNDATION_TOOLS}, else the PATH. */
public final class Tools {
    private Tools() {}

    public static Optional<Path> find(String name) {
        var folders = Stream.concat(
                Stream.of(System.getProperty("foundation.tools"), System.getenv("FOUNDATION_TOOLS"))
                        .filter(Objects::nonNull),
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":")));
        return folders.map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
