package dev.foundation.prune;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.bundle.BundleId;
import dev.foundation.retention.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What pruning would do at one store, and why. Nothing is done by making it.
 *
 * @param store by name
 * @param afresh everything was read from the store for it: only such a plan can be applied
 * @param decisions one for each folder that bears a point's name, newest first; those that nobody understands stay
 * @param warnings what a person should look at, why less is removed than the policy says
 * @param alarms those of the warnings that only a fault or a foe explains
 * @param sequences of the sealed points that go
 * @param folders all that were there
 */
public record PrunePlan(
        String store,
        boolean afresh,
        List<Decision> decisions,
        List<String> warnings,
        List<String> alarms,
        Map<BundleId, Long> sequences,
        Set<String> folders,
        BlobPlan blobs) {
    private static final JsonMapper JSON = new JsonMapper();

    public PrunePlan {
        decisions = List.copyOf(decisions);
        warnings = List.copyOf(warnings);
        alarms = List.copyOf(alarms);
        sequences = Map.copyOf(sequences);
        folders = Set.copyOf(folders);
    }

    /** The points that go, oldest first. */
    public List<BundleId> removals() {
        return decisions.stream()
                .filter(decision -> !decision.keeps())
                .map(Decision::id)
                .sorted()
                .toList();
    }

    /**
     * What {@code ./foundation prune --plan} shows: {@code warnings}, {@code decisions} (with {@code place} if there are several stores), and the blobs of
     * all stores together.
     */
    public static String json(List<PrunePlan> plans) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode warnings = root.putArray("warnings");
        boolean several = plans.size() > 1;
        plans.forEach(plan ->
                plan.warnings().forEach(each -> warnings.add(several ? plan.store() + ": " + each : each)));
        ArrayNode decisions = root.putArray("decisions");
        var byPoint = new TreeMap<BundleId, List<ObjectNode>>();
        for (PrunePlan plan : plans) {
            for (Decision each : plan.decisions()) {
                ObjectNode node = JSON.createObjectNode();
                if (several) {
                    node.put("place", plan.store());
                }
                node.put("point", each.id().toString()).put("keep", each.keeps());
                ArrayNode reasons = node.putArray("reasons");
                each.reasons().forEach(reasons::add);
                byPoint.computeIfAbsent(each.id(), any -> new ArrayList<>()).add(node);
            }
        }
        byPoint.descendingMap().values().forEach(decisions::addAll);
        root.putObject("blobs")
                .put(
                        "kept",
                        plans.stream().mapToInt(each -> each.blobs().kept()).sum())
                .put(
                        "marked",
                        plans.stream().mapToInt(each -> each.blobs().marked()).sum())
                .put(
                        "removable",
                        plans.stream()
                                .mapToInt(each -> each.blobs().removable())
                                .sum())
                .put(
                        "removableSize",
                        plans.stream()
                                .mapToLong(each -> each.blobs().removableSize())
                                .sum());
        return root.toString();
    }
}
