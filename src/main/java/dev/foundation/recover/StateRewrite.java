package dev.foundation.recover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A lost machine's stack export as a fresh machine's stack can import it: under the other stack's name, without what lived on the lost machine.
 * Secrets stay as they are, encrypted; protection stays on all that is kept. Pure.
 *
 * <p>The stack's name is part of every URN ({@code urn:pulumi:<stack>::<project>::<types>::<name>}), and the stack's own resource is named
 * {@code <project>-<stack>}; the engine itself renames the same way ({@code pulumi stack rename}).
 *
 * @param export as {@code pulumi stack import} takes it
 * @param kept how many of each type
 * @param stripped how many of each type
 */
public record StateRewrite(ObjectNode export, Map<String, Integer> kept, Map<String, Integer> stripped) {
    private static final String STACK = "pulumi:pulumi:Stack";
    private static final String URN = "urn:pulumi:";

    public StateRewrite {
        kept = Map.copyOf(kept);
        stripped = Map.copyOf(stripped);
    }

    /**
     * @param export of any stack of this project; not changed
     * @param stack the name that it gets
     * @throws IOException if a type is unknown, operations are pending, or something that is kept hangs on a parent that is not; never with a value
     */
    public static StateRewrite of(JsonNode export, String stack) throws IOException {
        if (!(export.path("deployment").path("resources") instanceof ArrayNode)) {
            throw new IOException("the point's Pulumi state holds no resources: there is nothing to recover from it."
                    + " Take an older point with --point");
        }
        ObjectNode copy = export.deepCopy();
        ObjectNode deployment = (ObjectNode) copy.path("deployment");
        if (!deployment.path("pending_operations").isEmpty()) {
            throw new IOException("the point's Pulumi state has pending operations: take an older point with --point");
        }
        deployment.remove("pending_operations");
        ArrayNode resources = (ArrayNode) deployment.path("resources");
        Map<String, Integer> stays = new TreeMap<>();
        Map<String, Integer> goes = new TreeMap<>();
        List<ObjectNode> left = new ArrayList<>();
        Set<String> gone = new HashSet<>();
        refuseStrangers(resources);
        for (JsonNode each : resources) {
            String type = each.path("type").asText();
            // What an update was about to delete has a successor of the same URN; on the fresh machine neither is
            // there.
            boolean leftover = each.path("delete").asBoolean();
            if (!leftover && fate(type).filter(StateTypes.Fate.KEEP::equals).isPresent()) {
                stays.merge(type, 1, Integer::sum);
                left.add((ObjectNode) each);
            } else {
                goes.merge(type, 1, Integer::sum);
                gone.add(each.path("urn").asText());
            }
        }
        left.forEach(each -> gone.remove(each.path("urn").asText()));
        for (ObjectNode each : left) {
            cut(each, gone);
        }
        resources.removeAll().addAll(left);
        rename(resources, naming(left), stack);
        return new StateRewrite(copy, stays, goes);
    }

    private static Optional<StateTypes.Fate> fate(String type) {
        return StateTypes.of(type).map(StateTypes.Decision::fate);
    }

    private static void refuseStrangers(ArrayNode resources) throws IOException {
        Set<String> unknown = new HashSet<>();
        for (JsonNode each : resources) {
            String type = each.path("type").asText();
            if (StateTypes.of(type).isEmpty()) {
                unknown.add(type);
            }
        }
        if (!unknown.isEmpty()) {
            throw new IOException(
                    "the point's Pulumi state has resources of a type that this program does not know ("
                            + String.join(", ", unknown.stream().sorted().toList())
                            + "): it cannot say whether they were lost with the machine. Recover with the version of the"
                            + " program that took the point (its commit is the one beside the point's VERSIONS), or a newer one");
        }
    }

    /** As if it had never depended on what is gone. */
    private static void cut(ObjectNode resource, Set<String> gone) throws IOException {
        for (String each : new String[] {"parent", "provider"}) {
            String urn = resource.path(each).asText();
            String referred =
                    each.equals("provider") && urn.contains("::") ? urn.substring(0, urn.lastIndexOf("::")) : urn;
            if (gone.contains(referred)) {
                throw new IOException(
                        "the point's Pulumi state keeps " + resource.path("urn").asText() + ", whose " + each + " "
                                + referred + " was lost with the machine: this program's table of types is wrong");
            }
        }
        without(resource.path("dependencies"), gone);
        resource.path("propertyDependencies").forEach(urns -> without(urns, gone));
        without(resource.path("replaceWith"), gone);
        if (gone.contains(resource.path("deletedWith").asText())) {
            resource.remove("deletedWith");
        }
        // Asked of a server that is not there yet, a refresh would answer "gone".
        resource.remove("refreshBeforeUpdate");
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

    /** The stack and project that the URNs name. */
    private record Naming(String stack, String project) {
        String prefix(String of) {
            return URN + of + "::" + project + "::";
        }

        String root(String of) {
            return prefix(of) + STACK + "::" + project + "-" + of;
        }
    }

    private static Naming naming(List<ObjectNode> resources) throws IOException {
        Naming found = new Naming("", "");
        for (ObjectNode each : resources) {
            String[] parts = each.path("urn").asText().split("::", 3);
            if (parts.length != 3 || !parts[0].startsWith(URN)) {
                throw new IOException("the point's Pulumi state has a resource without a URN: it is damaged");
            }
            var naming = new Naming(parts[0].substring(URN.length()), parts[1]);
            if (!found.stack().isEmpty() && !found.equals(naming)) {
                throw new IOException("the point's Pulumi state mixes the stacks " + found.stack() + " and "
                        + naming.stack() + ": it is damaged");
            }
            found = naming;
        }
        return found;
    }

    /** URNs stand in many places of a resource, its inputs and outputs among them; none can be mistaken for another text. */
    private static void rename(JsonNode node, Naming from, String stack) {
        switch (node) {
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    if (array.get(i).isTextual()) {
                        array.set(i, TextNode.valueOf(renamed(array.get(i).asText(), from, stack)));
                    } else {
                        rename(array.get(i), from, stack);
                    }
                }
            }
            case ObjectNode object ->
                object.properties().forEach(field -> {
                    if (field.getValue().isTextual()) {
                        field.setValue(TextNode.valueOf(renamed(field.getValue().asText(), from, stack)));
                    } else {
                        rename(field.getValue(), from, stack);
                    }
                });
            default -> {}
        }
    }

    private static String renamed(String text, Naming from, String stack) {
        if (text.equals(from.root(from.stack()))) {
            return from.root(stack);
        }
        String old = from.prefix(from.stack());
        return text.startsWith(old) ? from.prefix(stack) + text.substring(old.length()) : text;
    }
}
