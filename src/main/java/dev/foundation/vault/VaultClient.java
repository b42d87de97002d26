package dev.foundation.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.foundation.vault.VaultException.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * One Vault server as one token sees it. The generic calls take paths below {@code /v1/}, such as {@code sys/mounts}; the rooms behind
 * {@link #seal}, {@link #rekey}, {@link #system}, {@link #keyValue}, {@link #appRole} and {@link #tokens} know the paths.
 */
public final class VaultClient {
    static final Duration ANSWER = Duration.ofSeconds(30);
    /** Until the first byte; the rest has no limit of its own. */
    private static final Duration DOWNLOAD = Duration.ofMinutes(5);

    private static final int MOST_REFUSAL = 64 * 1024;
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http;
    private final URI address;
    private final Supplier<String> token;

    /**
     * @param address such as {@code http://127.0.0.1:8200}
     * @param token asked at every call; empty for calls that need none
     */
    public VaultClient(URI address, Supplier<String> token) {
        this(
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build(),
                address,
                token);
    }

    private VaultClient(HttpClient http, URI address, Supplier<String> token) {
        String text = address.toString();
        this.http = http;
        this.address = text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : address;
        this.token = token;
    }

    /** The same connections, with another token. */
    public VaultClient withToken(Supplier<String> other) {
        return new VaultClient(http, address, other);
    }

    /** The same connections, to another address and with another token. */
    public VaultClient at(URI other, Supplier<String> otherToken) {
        return new VaultClient(http, other, otherToken);
    }

    public URI address() {
        return address;
    }

    /** Initialisation, seal and health; these need no token. */
    public VaultSeal seal() {
        return new VaultSeal(this);
    }

    /** New unseal keys; needs no token. */
    public VaultRekey rekey() {
        return new VaultRekey(this);
    }

    public VaultSystem system() {
        return new VaultSystem(this);
    }

    public KeyValue keyValue(String mount) {
        return new KeyValue(this, mount);
    }

    /**
     * The AppRole method at one mount.
     *
     * @param mount such as {@code approle}
     */
    public AppRole appRole(String mount) {
        return new AppRole(this, mount);
    }

    public VaultTokens tokens() {
        return new VaultTokens(this);
    }

    /** What stands at the path, empty if there is nothing. */
    public Optional<JsonNode> read(String path) throws IOException, InterruptedException {
        return found(exchange("GET", path, Optional.empty(), ANSWER));
    }

    /**
     * The bytes at the path as they come, such as a snapshot. Vault ends a broken answer like a good one: who reads must know by the content
     * whether it is whole. To be closed.
     */
    public InputStream download(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address + "/v1/" + encode(path)))
                .timeout(DOWNLOAD)
                .header("X-Vault-Request", "true")
                .header("X-Vault-Token", token.get());
        try {
            HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
            if (response.statusCode() == 200) {
                return response.body();
            }
            try (InputStream body = response.body()) {
                String said = new String(body.readNBytes(MOST_REFUSAL), StandardCharsets.UTF_8);
                var refused = succeeded("GET", path, new Answer("GET", path, response.statusCode(), parse(said)));
                throw new IOException("Vault at " + address + " answered GET " + path + " with status "
                        + response.statusCode() + " and " + refused.size() + " values: that is no download");
            }
        } catch (VaultException e) {
            throw e;
        } catch (HttpTimeoutException | ConnectException e) {
            throw unanswered("GET", path, e);
        }
    }

    /**
     * Sends bytes as they come, such as a snapshot.
     *
     * @param source opened once; its failure is the one that is thrown
     */
    public void upload(String path, InputStream source, Duration timeout) throws IOException, InterruptedException {
        var failed = new AtomicReference<IOException>();
        var watched = new FilterInputStream(source) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                try {
                    return in.read(buffer, offset, length);
                } catch (IOException e) {
                    failed.set(e);
                    throw e;
                }
            }
        };
        var request = HttpRequest.newBuilder(URI.create(address + "/v1/" + encode(path)))
                .timeout(timeout)
                .header("X-Vault-Request", "true")
                .header("X-Vault-Token", token.get())
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofInputStream(() -> watched));
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            var ignored =
                    succeeded("POST", path, new Answer("POST", path, response.statusCode(), parse(response.body())));
        } catch (VaultException e) {
            throw e;
        } catch (IOException e) {
            IOException cause = failed.get();
            throw cause == null ? unanswered("POST", path, e) : cause;
        }
    }

    /** Names below the path, empty if there are none. A name that ends in a slash is a folder. */
    public List<String> list(String path) throws IOException, InterruptedException {
        var names = new ArrayList<String>();
        found(exchange("LIST", path, Optional.empty(), ANSWER))
                .ifPresent(answer -> answer.at("/data/keys").forEach(name -> names.add(name.asText())));
        return List.copyOf(names);
    }

    /** Writes, and answers what Vault answered; a missing node if that was nothing. */
    public JsonNode write(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return succeeded("POST", path, exchange("POST", path, Optional.of(body), ANSWER));
    }

    /** Succeeds when nothing is there. */
    public void delete(String path) throws IOException, InterruptedException {
        var answer = exchange("DELETE", path, Optional.empty(), ANSWER);
        if (answer.status() != 404) {
            var ignored = succeeded("DELETE", path, answer);
        }
    }

    record Answer(String method, String path, int status, JsonNode body) {}

    Answer exchange(String method, String path, Optional<Map<String, ?>> body, Duration timeout)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address + "/v1/" + encode(path)))
                .timeout(timeout)
                .header("X-Vault-Request", "true")
                .method(
                        method,
                        body.isPresent()
                                ? BodyPublishers.ofString(JSON.writeValueAsString(body.get()))
                                : BodyPublishers.noBody());
        String current = token.get();
        if (!current.isEmpty()) {
            request.header("X-Vault-Token", current);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(method, path, response.statusCode(), parse(response.body()));
        } catch (IOException e) {
            throw unanswered(method, path, e);
        }
    }

    private VaultException unanswered(String method, String path, IOException e) {
        return new VaultException(
                "Vault at " + address + " does not answer " + method + " " + path + " ("
                        + e.getClass().getSimpleName() + "): is it running, and is the address right?",
                e);
    }

    JsonNode succeeded(String method, String path, Answer answer) throws VaultException {
        if (answer.status() / 100 == 2) {
            return answer.body();
        }
        var errors = new ArrayList<String>();
        answer.body().path("errors").forEach(error -> errors.add(error.asText().strip()));
        String said = redact(errors.isEmpty() ? "no reason given" : String.join("; ", errors));
        Kind kind = kind(answer.status(), said);
        String advice = switch (kind) {
            case SEALED -> ". Unseal it first";
            case UNINITIALISED -> ". Initialise it first";
            case DENIED -> ". The token is wrong, has expired, or lacks the right";
            case REFUSED, UNREACHABLE -> "";
        };
        throw new VaultException(
                kind,
                answer.status(),
                "Vault at " + address + " refused " + method + " " + path + ": " + answer.status() + ", " + said
                        + advice);
    }

    /** A path below no mount at all answers 404 too: nothing is there either. A token that may not look is a 403. */
    private Optional<JsonNode> found(Answer answer) throws VaultException {
        return answer.status() == 404
                ? Optional.empty()
                : Optional.of(succeeded(answer.method(), answer.path(), answer));
    }

    private static Kind kind(int status, String said) {
        if (said.contains("not initialized") || said.contains("not yet initialized")) {
            return Kind.UNINITIALISED;
        }
        return switch (status) {
            case 503 -> said.contains("sealed") ? Kind.SEALED : Kind.REFUSED;
            case 403 -> Kind.DENIED;
            default -> Kind.REFUSED;
        };
    }

    /** Vault does not repeat tokens in its errors; should it ever, this one stays out of messages. */
    private String redact(String said) {
        String current = token.get();
        return current.isEmpty() ? said : said.replace(current, "[token]");
    }

    private static JsonNode parse(String body) {
        if (body.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            // A proxy's page, say: the status alone then decides.
            return MissingNode.getInstance();
        }
    }

    /** Each segment percent-encoded as RFC 3986 wants it; slashes stay. */
    private static String encode(String path) {
        var encoded = new StringBuilder();
        for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            if (character < 0x80 && (Character.isLetterOrDigit(character) || "-._~/".indexOf(character) >= 0)) {
                encoded.append(character);
            } else {
                encoded.append('%').append(String.format(java.util.Locale.ROOT, "%02X", (int) character));
            }
        }
        return encoded.toString();
    }
}
