package dev.foundation.objectstore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A policy in Amazon's JSON, of which only a user's own statements are ever touched; the rest stays as it was found. */
final class PolicyDocument {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final ObjectNode root;

    private PolicyDocument(ObjectNode root) {
        this.root = root;
    }

    static PolicyDocument empty() {
        return new PolicyDocument(JSON.createObjectNode().put("Version", "2012-10-17"));
    }

    /** @param owner of the document, for the error message */
    static PolicyDocument parse(String json, String owner) throws IOException {
        try {
            if (JSON.readTree(json) instanceof ObjectNode object) {
                return new PolicyDocument(object);
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new ObjectStoreException("the policy of " + owner + " is no JSON", e);
        }
        throw new ObjectStoreException("the policy of " + owner + " is no JSON object");
    }

    boolean isEmpty() {
        return root.path("Statement").isEmpty();
    }

    /** The rights that a user's own statements allow. */
    Rights rightsOf(Optional<String> sid) {
        var all = new TreeMap<String, Set<String>>();
        for (var statement : root.path("Statement")) {
            if (isOwn(statement, sid) && statement.path("Effect").asText().equals("Allow")) {
                each(
                        statement.path("Resource"),
                        resource -> each(
                                statement.path("Action"),
                                action -> all.computeIfAbsent(resource, r -> new TreeSet<>())
                                        .add(action)));
            }
        }
        return new Rights(all);
    }

    /**
     * Replaces a user's own statements.
     *
     * @param sid marks the statements as the user's own; empty where the whole document is the user's
     * @param principal the user, where the document is a bucket's
     */
    void set(Optional<String> sid, Optional<String> principal, Rights rights) {
        ArrayNode statements = JSON.createArrayNode();
        root.path("Statement").forEach(statement -> {
            if (!isOwn(statement, sid)) {
                statements.add(statement);
            }
        });
        for (Map.Entry<String, Set<String>> right : rights.byResource().entrySet()) {
            var statement = statements.addObject();
            sid.ifPresent(mark -> statement.put("Sid", mark));
            statement.put("Effect", "Allow");
            principal.ifPresent(
                    name -> statement.putObject("Principal").putArray("AWS").add(name));
            right.getValue().forEach(statement.putArray("Action")::add);
            statement.putArray("Resource").add(right.getKey());
        }
        root.set("Statement", statements);
    }

    private static boolean isOwn(JsonNode statement, Optional<String> sid) {
        return sid.isEmpty() || statement.path("Sid").asText().equals(sid.get());
    }

    private static void each(JsonNode oneOrMore, java.util.function.Consumer<String> use) {
        if (oneOrMore.isArray()) {
            oneOrMore.forEach(one -> use.accept(one.asText()));
        } else if (!oneOrMore.isMissingNode()) {
            use.accept(oneOrMore.asText());
        }
    }

    String json() {
        return root.toString();
    }
}
