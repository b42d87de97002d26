package dev.foundation.pulumi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Edits what {@code pulumi stack export} prints, so that {@code pulumi stack import} takes it without force. */
final class StateEdit {
    private StateEdit() {}

    /**
     * The deployment without the resources of some types, as if they had never been declared, and with nothing left protected. Nothing is
     * deleted anywhere: what they stood for stays until something else removes it. Must not be asked to forget a parent of what it keeps.
     *
     * @param export is changed
     * @param forgotten by type
     */
    static void forget(JsonNode export, Predicate<String> forgotten) {
        if (!(export.path("deployment") instanceof ObjectNode deployment)
                || !(deployment.path("resources") instanceof ArrayNode resources)) {
            return; // a stack that never held anything
        }
        Set<String> gone = new HashSet<>();
        List<JsonNode> kept = new ArrayList<>();
        for (JsonNode resource : resources) {
            if (forgotten.test(resource.path("type").asText())) {
                gone.add(resource.path("urn").asText());
            } else {
                kept.add(resource);
            }
        }
        kept.forEach(resource -> cut((ObjectNode) resource, gone));
        resources.removeAll().addAll(kept);
        if (deployment.path("pending_operations") instanceof ArrayNode pending) {
            List<JsonNode> left = new ArrayList<>();
            for (JsonNode operation : pending) {
                if (!forgotten.test(operation.path("resource").path("type").asText())) {
                    cut((ObjectNode) operation.path("resource"), gone);
                    left.add(operation);
                }
            }
            pending.removeAll().addAll(left);
        }
    }

    private static void cut(ObjectNode resource, Set<String> gone) {
        resource.remove("protect");
        without(resource.path("dependencies"), gone);
        resource.path("propertyDependencies").forEach(urns -> without(urns, gone));
        if (gone.contains(resource.path("deletedWith").asText())) {
            resource.remove("deletedWith");
        }
    }

    private static void without(JsonNode urns, Set<String> gone) {
        if (urns instanceof ArrayNode array) {
            List<JsonNode> left = new ArrayList<>();
            array.forEach(urn -> {
                if (!gone.contains(urn.asText())) {
                    left.add(urn);
                }
            });
            array.removeAll().addAll(left);
        }
    }
}
