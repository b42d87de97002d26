package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real curl against a real server; only docker is a shell, and the port is another. */
@Timeout(60)
final class AgentDoorTest {
    @TempDir
    Path folder;

    private final CountDownLatch connectionBroke = new CountDownLatch(1);
    private HttpServer server;
    private AgentDoor door;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/points", exchange -> answer(exchange, 200, exchange.getRequestMethod()));
        server.createContext("/hold", exchange -> answer(exchange, 404, "there is no such point"));
        server.createContext("/run/backup", this::run);
        server.createContext("/object", exchange -> {
            exchange.sendResponseHeaders(200, 1000); // and breaks off
            exchange.getResponseBody().write(new byte[500]);
            exchange.getResponseBody().flush();
            exchange.getHttpContext().getServer().stop(0);
        });
        server.start();
        script("docker", "shift 3; exec \"$@\"");
        script(
                "curl",
                "exec /usr/bin/curl \"${@/127.0.0.1:9108/127.0.0.1:"
                        + server.getAddress().getPort() + "}\"");
        door = new AgentDoor(Map.of("PATH", folder + ":/usr/bin:/bin"), "box");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void script(String name, String does) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/bash\n" + does + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Two lines at once, and then blanks until nobody listens. */
    private void run(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (var body = exchange.getResponseBody()) {
            body.write((exchange.getRequestMethod() + "\ntwo\n").getBytes(StandardCharsets.UTF_8));
            while (true) {
                body.flush();
                Thread.sleep(50);
                body.write('\n');
            }
        } catch (IOException e) {
            connectionBroke.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void getsAndPostsAreAnsweredWithTheirStatus() throws IOException {
        assertThat(door.get("/points", Duration.ofSeconds(20))).asString().isEqualTo("GET");
        assertThatThrownBy(() -> door.post("/hold?id=x"))
                .isInstanceOf(AgentException.class)
                .hasMessage("there is no such point");
    }

    @Test
    void linesComeAsTheyAreSentAndTheAgentNoticesThatNobodyListens() throws Exception {
        try (AgentCall call = door.run("/run/backup");
                InputStream body = call.body()) {
            assertThat(new String(body.readNBytes(9), StandardCharsets.UTF_8)).isEqualTo("POST\ntwo\n");
        }
        assertThat(connectionBroke.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void bytesThatBreakOffAreNoEnd() throws IOException {
        try (AgentCall call = door.object("p", "n");
                InputStream body = call.body()) {
            assertThatThrownBy(body::readAllBytes)
                    .isInstanceOf(AgentException.class)
                    .hasMessageContaining("broke off");
        }
    }

    @Test
    void anAgentThatIsNotThereIsSaid() {
        server.stop(0);
        assertThatThrownBy(() -> door.get("/points", Duration.ofSeconds(5)))
                .hasMessageContaining("does not listen yet");
    }
}
