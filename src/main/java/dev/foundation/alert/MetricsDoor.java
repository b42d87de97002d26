package dev.foundation.alert;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * {@code GET /metrics} in Prometheus's text format 0.0.4, or OpenMetrics 1.0 for who accepts it, and {@code GET /health}: 200, or 503 with a sentence.
 * Nothing behind this door is secret, and nothing can be changed through it.
 */
public final class MetricsDoor implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Metrics metrics;
    private final Supplier<Optional<String>> trouble;
    private final ExpositionFormatWriter text = PrometheusTextFormatWriter.create();
    private final ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();

    private MetricsDoor(HttpServer server, Metrics metrics, Supplier<Optional<String>> trouble) {
        this.server = server;
        this.metrics = metrics;
        this.trouble = trouble;
    }

    /**
     * @param address port 0 takes any that is free
     * @param trouble what is wrong, in one sentence; empty if the agent is well. Asked at each request
     */
    public static MetricsDoor open(InetSocketAddress address, Metrics metrics, Supplier<Optional<String>> trouble)
            throws IOException {
        HttpServer server;
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen for metrics on " + address.getHostString() + ":" + address.getPort()
                            + ": is the port taken?",
                    e);
        }
        var door = new MetricsDoor(server, metrics, trouble);
        server.setExecutor(door.threads);
        server.createContext("/", door::answer);
        server.start();
        return door;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                plain(exchange, 405, "only GET and HEAD\n");
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/metrics" -> metrics(exchange);
                case "/health" -> {
                    Optional<String> wrong = trouble.get();
                    plain(exchange, wrong.isEmpty() ? 200 : 503, wrong.orElse("well") + "\n");
                }
                default -> plain(exchange, 404, "there are /metrics and /health\n");
            }
        }
    }

    private void metrics(HttpExchange exchange) throws IOException {
        String accepted =
                exchange.getRequestHeaders().getOrDefault("Accept", List.of()).toString();
        ExpositionFormatWriter writer = accepted.contains("application/openmetrics-text") ? openMetrics : text;
        var body = new ByteArrayOutputStream();
        writer.write(body, metrics.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        send(exchange, 200, writer.getContentType(), body.toByteArray());
    }

    private static void plain(HttpExchange exchange, int status, String text) throws IOException {
        send(exchange, status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
