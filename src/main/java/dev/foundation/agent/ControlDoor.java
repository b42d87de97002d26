package dev.foundation.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.foundation.bundle.BundleId;
import dev.foundation.event.RunEvent;
import dev.foundation.event.RunEventLine;
import dev.foundation.proof.Proofs;
import dev.foundation.schedule.Job;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * How {@code ./foundation} talks to the agent: HTTP on the container's own loopback, where only {@code docker exec} reaches. A run's events go out as they
 * come, one JSON line each; when the other side is gone, the run is stopped. Answers of other requests are one JSON document, bytes, or one line
 * of text with a status other than 200.
 */
public final class ControlDoor implements AutoCloseable {
    public static final int PORT = 9108;

    /** What can be asked besides runs. */
    interface Questions {
        /** A JSON document. @throws NotThere if there is no such thing */
        String json(String path, Map<String, String> parameters) throws IOException, InterruptedException;

        /** Takes what was sent, and answers in one line. @throws NotThere if nothing is taken at this path */
        default String take(String path, byte[] body) throws IOException, InterruptedException {
            throw new NotThere("nothing is taken at " + path);
        }

        /** Bytes of a point. @throws NotThere if there is no such object */
        InputStream bytes(BundleId point, String name) throws IOException, InterruptedException;

        /** A service as it is now, sealed. @throws NotThere if it is no source here */
        default InputStream live(String service) throws IOException, InterruptedException {
            throw new NotThere("no service is read here");
        }
    }

    /** There is no such point, object or question. */
    static final class NotThere extends IOException {
        private static final long serialVersionUID = 1;

        NotThere(String message) {
            super(message);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Agent agent;
    private final Questions questions;

    private ControlDoor(HttpServer server, Agent agent, Questions questions) {
        this.server = server;
        this.agent = agent;
        this.questions = questions;
    }

    static ControlDoor open(int port, Agent agent, Questions questions) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
        var door = new ControlDoor(server, agent, questions);
        server.setExecutor(door.threads);
        server.createContext("/", door::answer);
        server.start();
        return door;
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Map<String, String> parameters = parameters(exchange.getRequestURI().getRawQuery());
            try {
                if (path.startsWith("/run/") && exchange.getRequestMethod().equals("POST")) {
                    run(exchange, path.substring("/run/".length()), parameters);
                } else if (path.equals("/proof") && exchange.getRequestMethod().equals("POST")) {
                    // One byte more than is taken: who takes it says that it is too much.
                    byte[] body = exchange.getRequestBody().readNBytes(Proofs.MAX_BYTES + 1);
                    send(exchange, 200, "text/plain; charset=utf-8", line(questions.take(path, body)));
                } else if (path.equals("/object")) {
                    BundleId point = BundleId.of(parameters.getOrDefault("id", ""));
                    send(exchange, () -> questions.bytes(point, parameters.getOrDefault("name", "")));
                } else if (path.equals("/live")) {
                    send(exchange, () -> questions.live(parameters.getOrDefault("service", "")));
                } else {
                    byte[] body = questions.json(path, parameters).getBytes(StandardCharsets.UTF_8);
                    send(exchange, 200, "application/json", body);
                }
            } catch (NotThere e) {
                text(exchange, 404, e);
            } catch (IllegalArgumentException e) {
                text(exchange, 400, e);
            } catch (IOException e) {
                text(exchange, 500, e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(HttpExchange exchange, String name, Map<String, String> parameters)
            throws IOException, InterruptedException {
        Job job;
        try {
            job = Job.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new NotThere("there is no job " + name);
        }
        exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            Thread runner = Thread.currentThread();
            Consumer<RunEvent> send = event -> {
                try {
                    write(out, event);
                } catch (IOException e) {
                    // Nobody listens any more: whoever asked pressed Ctrl-C, and wants the run to stop.
                    runner.interrupt();
                    throw new UncheckedIOException("the one who asked is gone", e);
                }
            };
            RunEvent.Ended ended = agent.command(job, parameters, send);
            write(out, ended);
        } catch (UncheckedIOException e) {
            boolean unused = Thread.interrupted(); // said above, and heard by now
        }
    }

    /** One at a time: several artifacts tell their progress side by side. */
    private static void write(OutputStream out, RunEvent event) throws IOException {
        byte[] line = (RunEventLine.of(event) + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (out) {
            out.write(line);
            out.flush();
        }
    }

    private interface Opening {
        InputStream open() throws IOException, InterruptedException;
    }

    private static void send(HttpExchange exchange, Opening opening) throws IOException, InterruptedException {
        try (InputStream in = opening.open()) {
            exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
            exchange.sendResponseHeaders(200, 0);
            // Closed only at the end: a reader sees an answer that breaks off as broken, never as short.
            OutputStream out = exchange.getResponseBody();
            in.transferTo(out);
            out.close();
        }
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void text(HttpExchange exchange, int status, Exception problem) throws IOException {
        if (exchange.getResponseCode() < 0) {
            send(exchange, status, "text/plain; charset=utf-8", line(String.valueOf(problem.getMessage())));
        } else if (problem instanceof IOException e) {
            throw e;
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static Map<String, String> parameters(@org.jspecify.annotations.Nullable String query) {
        Map<String, String> all = new HashMap<>();
        if (query != null) {
            for (String each : query.split("&")) {
                String[] pair = each.split("=", 2);
                all.put(
                        URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                        pair.length == 2 ? URLDecoder.decode(pair[1], StandardCharsets.UTF_8) : "");
            }
        }
        return all;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
