package dev.foundation.vault;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * New unseal keys for a server that is unsealed (Vault's {@code sys/rekey}), always with its verification: it gives the new keys out first, and they are
 * in force only once they were given back. Until then, and when it restarts before, the keys of before are. No call here needs a token.
 */
public final class VaultRekey {
    private static final int WRONG = 400;

    private final VaultClient client;

    VaultRekey(VaultClient client) {
        this.client = client.withToken(() -> "");
    }

    /**
     * A rekey that was begun and is not over. A server has one at a time.
     *
     * @param nonce its name; everybody may know it
     * @param given unseal keys that it was given so far
     * @param proving whether it has given out new keys, and waits for them to come back
     */
    public record Pending(String nonce, int given, boolean proving) {}

    public Optional<Pending> pending() throws IOException, InterruptedException {
        JsonNode status = client.read("sys/rekey/init").orElseThrow();
        return status.path("started").asBoolean()
                ? Optional.of(new Pending(
                        status.path("nonce").asText(),
                        status.path("progress").asInt(),
                        !status.path("verification_nonce").asText("").isEmpty()))
                : Optional.empty();
    }

    /**
     * @return the nonce of the new rekey
     * @throws VaultException if one is pending already
     */
    public String begin(int shares, int threshold) throws IOException, InterruptedException {
        return client.write(
                        "sys/rekey/init",
                        Map.of("secret_shares", shares, "secret_threshold", threshold, "require_verification", true))
                .path("nonce")
                .asText();
    }

    /**
     * Vault answers this once for a rekey.
     *
     * @param keys in force
     * @return the new ones in base64, not in force yet; empty if these are fewer than the threshold
     * @throws VaultException if a threshold of these is not the server's
     */
    public Optional<List<String>> newKeys(String nonce, List<String> keys) throws IOException, InterruptedException {
        for (String key : keys) {
            JsonNode answer = client.write("sys/rekey/update", Map.of("key", key, "nonce", nonce));
            if (answer.path("complete").asBoolean()) {
                var made = new ArrayList<String>();
                answer.path("keys_base64").forEach(each -> made.add(each.asText()));
                return Optional.of(List.copyOf(made));
            }
        }
        return Optional.empty();
    }

    /**
     * Gives the new keys back. They are in force from then on, and the rekey is over.
     *
     * @return false if these are not the pending rekey's new keys, and it still waits for them; or if none is pending
     */
    public boolean prove(List<String> newKeys) throws IOException, InterruptedException {
        try {
            client.delete("sys/rekey/verify"); // keys of an attempt that was stopped half-way
            String nonce = client.read("sys/rekey/verify")
                    .map(status -> status.path("nonce").asText())
                    .orElseThrow();
            for (String key : newKeys) {
                if (client.write("sys/rekey/verify", Map.of("key", key, "nonce", nonce))
                        .path("complete")
                        .asBoolean()) {
                    return true;
                }
            }
            return false;
        } catch (VaultException e) {
            if (e.status() == WRONG) {
                return false;
            }
            throw e;
        }
    }

    /** New keys that were given out are worth nothing then. */
    public void cancel(String nonce) throws IOException, InterruptedException {
        String path = "sys/rekey/init";
        // Later servers want the nonce, 1.19.0 does not look at it.
        var ignored = client.succeeded(
                "DELETE",
                path,
                client.exchange("DELETE", path, Optional.of(Map.of("nonce", nonce)), VaultClient.ANSWER));
    }
}
