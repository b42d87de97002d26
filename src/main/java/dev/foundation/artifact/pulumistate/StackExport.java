package dev.foundation.artifact.pulumistate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;

/**
 * A stack export ({@code {"version":3,"deployment":{...}}}) that a restore can import: no operation pending, secrets under the passphrase.
 *
 * @param json as {@code pulumi stack import} takes it
 */
public record StackExport(ObjectNode json) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    /** Pulumi's mark of a secret (sdk/go/common/resource, SigKey and SecretSig). */
    private static final String MARK = "4dabf18193072939515e22adb298388d";

    private static final String SECRET = "1b47061264138c4ac30d75fd1eb44270";
    /** Far beyond any stack; what is larger is something else. */
    private static final int MOST = 256 * 1024 * 1024;

    /** Reads an export to its end. @throws IOException if it is cut, or is no such export */
    public static StackExport read(InputStream input) throws IOException {
        return of(parse(input.readNBytes(MOST), "the stack's export"));
    }

    static JsonNode parse(byte[] bytes, String what) throws IOException {
        try {
            JsonNode node = JSON.readTree(bytes);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            // Its message could quote the state.
            throw new IOException(
                    what + " is no JSON near line " + e.getLocation().getLineNr() + ": it is cut or damaged");
        }
        throw new IOException(what + " is empty: it is cut or damaged");
    }

    /** @throws IOException that says what is wrong; never with a value */
    static StackExport of(JsonNode export) throws IOException {
        JsonNode deployment = export.path("deployment");
        if (!export.path("version").isInt() || !deployment.isObject()) {
            throw new IOException("this is no stack export: it has no version or no deployment");
        }
        if (!deployment.path("manifest").path("time").isTextual()) {
            throw new IOException("the stack export has no manifest");
        }
        if (pending(deployment) > 0) {
            throw new IOException("the stack export has pending operations: run `./foundation up` to settle them");
        }
        String provider = deployment.path("secrets_providers").path("type").asText();
        if (!provider.equals("passphrase")
                || deployment
                        .path("secrets_providers")
                        .path("state")
                        .path("salt")
                        .asText()
                        .isEmpty()) {
            throw new IOException("the stack's secrets are not under a passphrase but under \"" + provider
                    + "\": only the passphrase is sure to be there at a recovery");
        }
        var urns = new HashSet<String>();
        for (JsonNode resource : deployment.path("resources")) {
            String urn = resource.path("urn").asText();
            if (!urn.startsWith("urn:pulumi:")) {
                throw new IOException("the stack export has a resource without a URN");
            }
            refuseClear(resource, urn);
            urns.add(urn);
        }
        refuseStrangers(deployment, urns);
        return new StackExport((ObjectNode) export);
    }

    /** How many operations an engine that died left open. */
    static int pending(JsonNode deployment) {
        return deployment.path("pending_operations").size();
    }

    private static void refuseClear(JsonNode node, String urn) throws IOException {
        if (node.path(MARK).asText().equals(SECRET)
                && (node.has("plaintext") || !node.path("ciphertext").isTextual())) {
            throw new IOException("a secret of " + urn + " is in clear in the stack's state");
        }
        for (JsonNode child : node) {
            refuseClear(child, urn);
        }
    }

    /** An export that lost resources from its middle names parents that it does not hold. */
    private static void refuseStrangers(JsonNode deployment, Set<String> urns) throws IOException {
        for (JsonNode resource : deployment.path("resources")) {
            String parent = resource.path("parent").asText();
            if (!parent.isEmpty() && !urns.contains(parent)) {
                throw new IOException("the stack export has lost " + parent);
            }
        }
    }

    public int resources() {
        return json.path("deployment").path("resources").size();
    }

    /** {@code resources}, {@code time} (of the checkpoint), {@code pulumi} (its version). */
    public ObjectNode facts() {
        JsonNode manifest = json.path("deployment").path("manifest");
        return JsonNodeFactory.instance
                .objectNode()
                .put("resources", resources())
                .put("time", manifest.path("time").asText())
                .put("pulumi", manifest.path("version").asText());
    }

    byte[] bytes() throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    }

    /** Names no value. */
    @Override
    public String toString() {
        return "StackExport[" + resources() + " resources]";
    }
}
