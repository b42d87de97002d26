package dev.foundation.alert;

import dev.foundation.alert.Delivery.Delivered;
import dev.foundation.alert.Delivery.Undelivered;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Sends a request some times, and says in words of its own how it went: the client's may hold the address. */
final class Sender implements AutoCloseable {
    private final Attempts attempts;
    private final HttpClient client;

    Sender(Attempts attempts) {
        this.attempts = attempts;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(attempts.timeout())
                .followRedirects(HttpClient.Redirect.NEVER) // a token must not travel elsewhere
                .build();
    }

    Delivery send(Address to, HttpRequest.Builder request) throws InterruptedException {
        HttpRequest built = request.timeout(attempts.timeout()).build();
        Outcome outcome = once(built);
        for (Duration pause : attempts.pauses()) {
            if (outcome.failure().isEmpty() || !outcome.again()) {
                break;
            }
            Thread.sleep(pause);
            outcome = once(built);
        }
        return outcome.failure()
                .<Delivery>map(reason -> new Undelivered(to.receiver(), reason))
                .orElseGet(() -> new Delivered(to.receiver()));
    }

    /** @param failure empty if it arrived. @param again whether another try may help soon */
    private record Outcome(Optional<String> failure, boolean again) {}

    private Outcome once(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            // The status says all; a body that never ends must not be waited for.
            answer.body().close();
            int status = answer.statusCode();
            if (status >= 200 && status < 300) {
                return new Outcome(Optional.empty(), false);
            }
            boolean again = status >= 500 || status == 408 || status == 429;
            return new Outcome(Optional.of("it answered " + status + hint(status)), again);
        } catch (HttpTimeoutException e) {
            return new Outcome(
                    Optional.of("no answer within " + attempts.timeout().toMillis() + " ms"), true);
        } catch (SSLException e) {
            return new Outcome(
                    Optional.of("no trusted connection (TLS) could be made: check its certificate and name"), true);
        } catch (IOException e) {
            return new Outcome(
                    Optional.of("it could not be reached (" + e.getClass().getSimpleName() + ")"), true);
        }
    }

    private static String hint(int status) {
        return switch (status) {
            case 401, 403 -> ": check its token";
            case 404, 405 -> ": check its address";
            default -> status >= 300 && status < 400 ? ": it redirects; give the final address" : "";
        };
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
