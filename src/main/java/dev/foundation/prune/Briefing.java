package dev.foundation.prune;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Known;
import dev.foundation.stream.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the pruner's container tells a person's own run of pruning, off-site (S7): it keeps what agent and people wrote down, the person has the credential.
 *
 * @param epoch of this foundation
 */
public record Briefing(int epoch, Circumstances circumstances) {
    private static final JsonMapper JSON = new JsonMapper();

    public String json() {
        ObjectNode root = JSON.createObjectNode();
        root.put("epoch", epoch);
        Known known = circumstances.known();
        root.put("sequence", known.sequence());
        root.put("seal", known.seal().map(Sha256::hex).orElse(""));
        ArrayNode removed = root.putArray("removed");
        known.removed().forEach(each -> removed.addArray().add(each.first()).add(each.last()));
        put(root, "held", circumstances.held());
        put(root, "verified", circumstances.verified());
        put(root, "accepted", circumstances.accepted());
        root.put("lastRunFailed", circumstances.lastRunFailed());
        return root.toString();
    }

    private static void put(ObjectNode root, String name, Set<BundleId> points) {
        ArrayNode array = root.putArray(name);
        points.stream().sorted().forEach(each -> array.add(each.toString()));
    }

    /** @throws IOException if anything is missing: what nobody told must not look as if nothing were held */
    public static Briefing parse(byte[] json) throws IOException {
        try {
            JsonNode root = JSON.readTree(json);
            List<Known.Range> removed = new ArrayList<>();
            for (JsonNode each : root.required("removed")) {
                removed.add(new Known.Range(
                        each.required(0).longValue(), each.required(1).longValue()));
            }
            long sequence = root.required("sequence").longValue();
            Known known = sequence == 0
                    ? Known.nothing(removed)
                    : new Known(
                            sequence,
                            Optional.of(new Sha256(root.required("seal").textValue())),
                            removed);
            return new Briefing(
                    root.required("epoch").intValue(),
                    new Circumstances(
                            known,
                            points(root, "held"),
                            points(root, "verified"),
                            points(root, "accepted"),
                            root.required("lastRunFailed").booleanValue()));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException(
                    "the pruner's answer is not understood (" + e.getMessage()
                            + "): is it of another version? Run `./foundation up`",
                    e);
        }
    }

    private static Set<BundleId> points(JsonNode root, String name) {
        Set<BundleId> points = new TreeSet<>();
        root.required(name).forEach(each -> points.add(BundleId.of(each.asText())));
        return points;
    }
}
