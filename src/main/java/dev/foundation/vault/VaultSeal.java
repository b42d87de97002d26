package dev.foundation.vault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.vault.VaultHealth.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Initialisation, the seal, and the root token that a threshold of unseal keys makes. No call here needs a token. */
public final class VaultSeal {
    private static final Duration STATUS = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int TRIES = 8;

    private final VaultClient client;

    VaultSeal(VaultClient client) {
        this.client = client.withToken(() -> "");
    }

    /** Every state is an answer here; only a server that does not answer is a failure. Quick: at most five seconds. */
    public VaultHealth health() throws IOException, InterruptedException {
        var answer = client.exchange("GET", "sys/health", Optional.empty(), STATUS);
        State state = switch (answer.status()) {
            case 200 -> State.ACTIVE;
            case 429, 472, 473 -> State.STANDBY;
            case 501 -> State.UNINITIALISED;
            case 503 -> State.SEALED;
            default -> State.OTHER;
        };
        return new VaultHealth(state, text(answer.body(), "version"), text(answer.body(), "cluster_id"));
    }

    public SealStatus status() throws IOException, InterruptedException {
        String path = "sys/seal-status";
        return status(client.succeeded("GET", path, client.exchange("GET", path, Optional.empty(), STATUS)));
    }

    /** Vault answers this once in its life: whoever calls it must keep the answer before doing anything else. */
    public InitialKeys initialise(int shares, int threshold) throws IOException, InterruptedException {
        JsonNode answer = client.write("sys/init", Map.of("secret_shares", shares, "secret_threshold", threshold));
        var keys = new ArrayList<String>();
        answer.path("keys_base64").forEach(key -> keys.add(key.asText()));
        return new InitialKeys(keys, answer.path("root_token").asText());
    }

    /** Gives keys until the server is unsealed; a server that is unsealed already stays as it is. */
    public SealStatus unseal(List<String> keys) throws IOException, InterruptedException {
        SealStatus status = status();
        for (String key : keys) {
            if (!status.sealed()) {
                return status;
            }
            status = status(client.write("sys/unseal", Map.of("key", key)));
        }
        if (status.sealed()) {
            throw new VaultException(
                    VaultException.Kind.SEALED,
                    0,
                    "Vault at " + client.address() + " is still sealed after " + keys.size() + " keys: it wants "
                            + status.threshold() + " different keys of its own");
        }
        return status;
    }

    /**
     * As {@link #unseal}, where somebody else may be giving other keys meanwhile, such as an unsealer that has those of before a rotation: the server takes
     * all of them for one set. Tries again for some seconds.
     */
    public SealStatus unsealAmongOthers(List<String> keys) throws IOException, InterruptedException {
        for (int left = TRIES - 1; ; left--) {
            try {
                resetUnseal();
                return unseal(keys);
            } catch (VaultException e) {
                if (left == 0 || e.kind() == VaultException.Kind.UNREACHABLE) {
                    throw e;
                }
            }
            Thread.sleep(PAUSE);
        }
    }

    /** Throws away keys of an attempt that was left half-way. */
    public void resetUnseal() throws IOException, InterruptedException {
        var ignored = client.write("sys/unseal", Map.of("reset", true));
    }

    /** A new root token, made from a threshold of unseal keys (sys/generate-root). The server must be unsealed. */
    public String generateRootToken(List<String> keys) throws IOException, InterruptedException {
        client.delete("sys/generate-root/attempt");
        JsonNode attempt = client.write("sys/generate-root/attempt", Map.of());
        String nonce = attempt.path("nonce").asText();
        String password = attempt.path("otp").asText();
        for (String key : keys) {
            JsonNode answer = client.write("sys/generate-root/update", Map.of("key", key, "nonce", nonce));
            if (answer.path("complete").asBoolean()) {
                return unmask(answer.path("encoded_token").asText(), password);
            }
        }
        client.delete("sys/generate-root/attempt");
        throw new VaultException(
                VaultException.Kind.REFUSED,
                0,
                "Vault at " + client.address() + " made no root token from " + keys.size()
                        + " unseal keys: give a threshold of its own keys");
    }

    /**
     * Proves each key, for a server that three of five keys open hides two wrong ones until they are needed: makes a root token of every threshold of them,
     * and revokes it at once. The server must be unsealed.
     *
     * @throws VaultException if one of them is not the server's, or they are fewer than its threshold
     */
    public void prove(List<String> keys) throws IOException, InterruptedException {
        int threshold = status().threshold();
        int from = 0;
        do {
            int first = Math.max(0, Math.min(from, keys.size() - threshold));
            String token = generateRootToken(keys.subList(first, Math.min(first + threshold, keys.size())));
            client.withToken(() -> token).tokens().revokeSelf();
            from += threshold;
        } while (from < keys.size());
    }

    /** The token comes back XORed with the one-time password, in base64 without padding. */
    private static String unmask(String encoded, String password) {
        byte[] token = Base64.getDecoder().decode(encoded);
        byte[] mask = password.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < token.length; i++) {
            token[i] ^= mask[i];
        }
        return new String(token, StandardCharsets.US_ASCII);
    }

    private static SealStatus status(JsonNode answer) {
        return new SealStatus(
                answer.path("initialized").asBoolean(),
                answer.path("sealed").asBoolean(),
                answer.path("n").asInt(),
                answer.path("t").asInt(),
                answer.path("progress").asInt(),
                answer.path("version").asText(),
                text(answer, "cluster_id"));
    }

    private static Optional<String> text(JsonNode answer, String name) {
        String value = answer.path(name).asText("");
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
}
