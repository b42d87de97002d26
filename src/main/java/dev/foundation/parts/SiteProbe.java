package dev.foundation.parts;

import dev.foundation.spec.FoundationSpec.Site;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntPredicate;

/**
 * One short look (at most three seconds, both questions at once) at whether plugins and images can be had from their makers. Both must
 * answer for {@link Site#ONLINE}. Tested against local stand-in servers; the yes of the real ones was never seen by a test.
 */
public final class SiteProbe {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    /**
     * @param plugins answers with 2xx, 3xx or 404 when it is the plugin server and not a wall before it
     * @param registry the registry's {@code /v2/}: 200, or 401 when it wants a token (OCI distribution specification)
     */
    public record Endpoints(URI plugins, URI registry) {
        public static Endpoints official() {
            return new Endpoints(
                    URI.create("https://get.pulumi.com/releases/plugins/"),
                    URI.create("https://registry-1.docker.io/v2/"));
        }
    }

    /** @param line one sentence for people: which site, and why */
    public record Result(Site site, String line) {}

    private final Endpoints endpoints;
    private final Map<String, String> environment;

    /** @param environment may hold {@code FOUNDATION_SITE} ({@code online} or {@code sealed}), which replaces the look, and the proxy variables */
    public SiteProbe(Endpoints endpoints, Map<String, String> environment) {
        this.endpoints = endpoints;
        this.environment = Map.copyOf(environment);
    }

    /** @throws IllegalArgumentException if {@code FOUNDATION_SITE} holds another word */
    public Result probe() throws InterruptedException {
        String told = environment.getOrDefault("FOUNDATION_SITE", "");
        return switch (told) {
            case "online" -> new Result(Site.ONLINE, "site: online (FOUNDATION_SITE says so)");
            case "sealed" -> new Result(Site.SEALED, "site: sealed (FOUNDATION_SITE says so)");
            case "" -> look();
            default ->
                throw new IllegalArgumentException(
                        "FOUNDATION_SITE is \"" + told + "\": give online or sealed, or leave it unset");
        };
    }

    private Result look() throws InterruptedException {
        try (var client = Proxies.client(environment, LIMIT);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> plugins = threads.submit(() ->
                    answers(client, endpoints.plugins(), status -> (status >= 200 && status < 400) || status == 404));
            Future<Boolean> registry = threads.submit(
                    () -> answers(client, endpoints.registry(), status -> status == 200 || status == 401));
            boolean both = get(plugins) & get(registry);
            client.shutdownNow();
            return both
                    ? new Result(Site.ONLINE, "site: online (plugin server and image registry answer)")
                    : new Result(
                            Site.SEALED,
                            "site: sealed (" + missing(get(plugins), get(registry))
                                    + "): parts are built from package registries, once, and kept");
        }
    }

    private static String missing(boolean plugins, boolean registry) {
        if (!plugins && !registry) {
            return "neither plugin server nor image registry answers";
        }
        return plugins ? "no image registry answers" : "no plugin server answers";
    }

    private static boolean get(Future<Boolean> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            return false;
        }
    }

    private static boolean answers(HttpClient client, URI uri, IntPredicate good) throws InterruptedException {
        var request = HttpRequest.newBuilder(uri).timeout(LIMIT).GET().build();
        try {
            return good.test(client.send(request, BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            return false;
        }
    }
}
