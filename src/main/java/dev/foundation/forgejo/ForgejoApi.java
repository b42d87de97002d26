package dev.foundation.forgejo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** API v1 as one user. Stateless but for its connections; never prints its credentials. */
public final class ForgejoApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final URI base;
    private final String user;
    private final String authorization;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private ForgejoApi(URI base, String user, String authorization) {
        this.base = base;
        this.user = user;
        this.authorization = authorization;
    }

    /** @param base the server's address, such as {@code http://127.0.0.1:3000} */
    public static ForgejoApi withPassword(URI base, String user, String password) {
        var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new ForgejoApi(base, user, "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    static ForgejoApi withToken(URI base, String user, String token) {
        return new ForgejoApi(base, user, "token " + token);
    }

    /** @param email as it is registered */
    public record Account(String name, String email, boolean admin) {}

    /** The account that these credentials belong to; empty if Forgejo does not accept them. */
    public Optional<Account> whoAmI() throws IOException, InterruptedException {
        try {
            var found = send("log in as " + user, "GET", "user", Map.of());
            return Optional.of(new Account(
                    found.path("login").asText(),
                    found.path("email").asText(),
                    found.path("is_admin").asBoolean()));
        } catch (ForgejoException e) {
            if (e.status() == 401 || e.status() == 403) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Empty where the server answers 404. */
    public Optional<JsonNode> get(String action, String path) throws IOException, InterruptedException {
        try {
            return Optional.of(send(action, "GET", path, Map.of()));
        } catch (ForgejoException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    public JsonNode post(String action, String path, Map<String, ?> body) throws IOException, InterruptedException {
        return send(action, "POST", path, body);
    }

    public JsonNode patch(String action, String path, Map<String, ?> body) throws IOException, InterruptedException {
        return send(action, "PATCH", path, body);
    }

    /** What is gone already is no error. */
    public void delete(String action, String path) throws IOException, InterruptedException {
        try {
            send(action, "DELETE", path, Map.of());
        } catch (ForgejoException e) {
            if (e.status() != 404) {
                throw e;
            }
        }
    }

    /** One part of a path. */
    public static String part(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Whether a repository has any branch or tag, asked in git's own protocol: the API's {@code empty} lags behind a push.
     *
     * @param fullName {@code owner/name} of a repository that is there
     */
    public boolean hasReferences(String fullName) throws IOException, InterruptedException {
        String action = "list the references of " + fullName;
        var request = HttpRequest.newBuilder(
                        URI.create(root() + "/" + fullName + ".git/info/refs?service=git-upload-pack"))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", authorization)
                .GET()
                .build();
        return text(action, request).contains(" refs/");
    }

    private String root() {
        return base.toString().replaceFirst("/+$", "");
    }

    private JsonNode send(String action, String method, String path, Map<String, ?> body)
            throws IOException, InterruptedException {
        var content = body.isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
        var request = HttpRequest.newBuilder(URI.create(root() + "/api/v1/" + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", authorization)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .method(method, content)
                .build();
        String answer = text(action, request);
        return answer.isBlank() ? MissingNode.getInstance() : parse(action, answer);
    }

    /** The body of a good answer. */
    private String text(String action, HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer;
        try {
            answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new ForgejoException(
                    action + " at " + base + ": nothing listens there; is the Forgejo container running?", 0, e);
        } catch (IOException e) {
            throw new ForgejoException(action + " at " + base + ": no answer", 0, e);
        }
        if (answer.statusCode() >= 300) {
            throw new ForgejoException(
                    action + " at " + base + ": HTTP " + answer.statusCode() + message(answer.body()),
                    answer.statusCode(),
                    null);
        }
        return answer.body();
    }

    private JsonNode parse(String action, String body) throws ForgejoException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new ForgejoException(action + " at " + base + ": the answer is no JSON; is this Forgejo?", 200, e);
        }
    }

    /** Forgejo's own words, cut: they name what was wrong with the request. */
    private static String message(String body) {
        try {
            var text = JSON.readTree(body).path("message").asText("");
            return text.isBlank() ? "" : ": " + text.substring(0, Math.min(text.length(), 300));
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
