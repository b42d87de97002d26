package dev.foundation.objectstore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * RustFS keeps rights in named policies attached to users. Each user here has one policy of its own, {@code foundation-<user>}. Its admin API is
 * MinIO's in plain JSON (probed on 1.0.1).
 */
final class RustfsAdmin implements S3Admin {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/rustfs/admin/v3/";
    private static final byte[] NOTHING = new byte[0];
    private final S3Access root;
    private final AdminHttp http;

    RustfsAdmin(S3Access root) {
        this.root = root;
        this.http = new AdminHttp(root);
    }

    @Override
    public boolean exists(String user) throws IOException, InterruptedException {
        return info(user).isPresent();
    }

    private Optional<JsonNode> info(String user) throws IOException, InterruptedException {
        return ask("look for user " + user, "user-info", Map.of("accessKey", user));
    }

    @Override
    public void put(String user, String secret) throws IOException, InterruptedException {
        var body = JSON.createObjectNode().put("secretKey", secret).put("status", "enabled");
        http.send(
                "write user " + user,
                SdkHttpMethod.PUT,
                API + "add-user",
                Map.of("accessKey", user),
                bytes(body.toString()));
    }

    @Override
    public boolean accepts(String user, String secret) throws IOException {
        return SecretCheck.accepts(root.as(user, secret));
    }

    @Override
    public void setGrants(String user, List<Grant> grants) throws IOException, InterruptedException {
        var rights = Rights.of(grants);
        if (rights.byResource().isEmpty()) {
            attach(user, "");
            removePolicy(user);
            return;
        }
        var policy = PolicyDocument.empty();
        policy.set(Optional.empty(), Optional.empty(), rights);
        http.send(
                "write policy " + policyOf(user),
                SdkHttpMethod.PUT,
                API + "add-canned-policy",
                Map.of("name", policyOf(user)),
                bytes(policy.json()));
        attach(user, policyOf(user));
    }

    private void attach(String user, String policy) throws IOException, InterruptedException {
        http.send(
                "attach policies to user " + user,
                SdkHttpMethod.PUT,
                API + "set-user-or-group-policy",
                Map.of("policyName", policy, "userOrGroup", user, "isGroup", "false"),
                NOTHING);
    }

    @Override
    public Optional<List<Grant>> grants(String user) throws IOException, InterruptedException {
        var attached =
                info(user).map(info -> info.path("policyName").asText("")).orElse("");
        if (attached.isEmpty()) {
            return Optional.of(List.of());
        }
        if (!attached.equals(policyOf(user))) {
            return Optional.empty();
        }
        var policy = ask("read policy " + attached, "info-canned-policy", Map.of("name", attached));
        var rights = policy.isEmpty()
                ? new Rights(Map.of())
                : PolicyDocument.parse(document(policy.get()), "user " + user).rightsOf(Optional.empty());
        var grants = rights.grants();
        return Rights.of(grants).equals(rights) ? Optional.of(grants) : Optional.empty();
    }

    /** The document stands in a field of the answer, as an object or as text. */
    private static String document(JsonNode answer) {
        var policy = answer.has("policy") ? answer.get("policy") : answer.has("Policy") ? answer.get("Policy") : answer;
        return policy.isTextual() ? policy.asText() : policy.toString();
    }

    @Override
    public void delete(String user) throws IOException, InterruptedException {
        if (exists(user)) {
            // The order matters: a policy that is attached cannot be removed.
            attach(user, "");
            http.send(
                    "delete user " + user,
                    SdkHttpMethod.DELETE,
                    API + "remove-user",
                    Map.of("accessKey", user),
                    NOTHING);
        }
        removePolicy(user);
    }

    private void removePolicy(String user) throws IOException, InterruptedException {
        var name = policyOf(user);
        if (ask("look for policy " + name, "info-canned-policy", Map.of("name", name))
                .isPresent()) {
            http.send(
                    "delete policy " + name,
                    SdkHttpMethod.DELETE,
                    API + "remove-canned-policy",
                    Map.of("name", name),
                    NOTHING);
        }
    }

    private Optional<JsonNode> ask(String action, String path, Map<String, String> query)
            throws IOException, InterruptedException {
        try {
            return Optional.of(JSON.readTree(http.send(action, SdkHttpMethod.GET, API + path, query, NOTHING)));
        } catch (JsonProcessingException e) {
            throw new ObjectStoreException(
                    action + " at " + root.endpoint() + ": the answer is no JSON; is this RustFS?", e);
        } catch (ObjectStoreException e) {
            if (e.status() == 404 || e.code().startsWith("NoSuch")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String policyOf(String user) {
        return "foundation-" + user;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }
}
