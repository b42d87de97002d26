package dev.foundation.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Asks Vault itself: its container counts as healthy while it is sealed, or nothing could ever unseal it (K6). */
final class VaultProbe {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private VaultProbe() {}

    /** What stands against it; empty if it is unsealed and active. */
    static Optional<String> ask(String host, int port) throws InterruptedException {
        String literal = host.contains(":") ? "[" + host + "]" : host;
        var uri = URI.create("http://" + literal + ":" + port + "/v1/sys/health");
        try (var client = HttpClient.newBuilder()
                .connectTimeout(LIMIT)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build()) {
            var request = HttpRequest.newBuilder(uri).timeout(LIMIT).build();
            return verdict(client.send(request, BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            return Optional.of("no answer on " + uri.getAuthority());
        }
    }

    /** Vault's API, {@code GET /v1/sys/health}. */
    static Optional<String> verdict(int code) {
        return switch (code) {
            case 200, 429, 473 -> Optional.empty();
            case 501 -> Optional.of("not initialised: run `./foundation up`");
            case 503 -> Optional.of("sealed: its unsealer opens it within seconds; if not, run `./foundation up`");
            default -> Optional.of("it answers " + code + " to a health check: see its log");
        };
    }
}
