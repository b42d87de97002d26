package dev.foundation.bundle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.stream.Sha256;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a point holds, for who can open it (R2.3). Stored as {@code MANIFEST.json.age}.
 *
 * @param instance the foundation's id, a UUID
 * @param timestamp when the run began
 * @param artifacts kept in the order of their names
 * @param tools versions by tool
 * @param versionsSha256 of the file {@code VERSIONS}
 * @param configurationSha256 of {@code Pulumi.foundation.yaml}
 * @param exclusions what is not in the point, and why (R2.6)
 */
public record Manifest(
        BundleId point,
        String instance,
        Instant timestamp,
        List<Entry> artifacts,
        Map<String, String> tools,
        Sha256 versionsSha256,
        Sha256 configurationSha256,
        List<Exclusion> exclusions) {

    /** @param size in bytes */
    public record Measure(long size, Sha256 sha256) {
        public Measure {
            if (size < 0) {
                throw new IllegalArgumentException("a size is below zero");
            }
        }
    }

    /**
     * One artifact.
     *
     * @param name as in R2.3, without {@code .age}
     * @param plain the bytes before age: compressed where the contract says so
     * @param sealed the bytes in the store
     * @param facts what its producer says of it; not to be changed
     */
    public record Entry(String name, Measure plain, Measure sealed, ObjectNode facts) {
        public Entry {
            facts = facts.deepCopy();
        }
    }

    public record Exclusion(String what, String why) {
        public Exclusion {
            if (what.isBlank() || why.isBlank()) {
                throw new IllegalArgumentException("an exclusion says what is left out, and why");
            }
        }
    }

    public Manifest {
        artifacts = artifacts.stream().sorted(Comparator.comparing(Entry::name)).toList();
        tools = Map.copyOf(tools);
        exclusions = List.copyOf(exclusions);
        if (!Seal.uuid(instance)) {
            throw new IllegalArgumentException("instance is no UUID in small letters");
        }
        Set<String> seen = new HashSet<>();
        for (Entry each : artifacts) {
            new BundleKeys(point).artifact(each.name());
            if (!seen.add(each.name())) {
                throw new IllegalArgumentException("artifacts: " + each.name() + " is named twice");
            }
        }
    }

    public Optional<Entry> artifact(String name) {
        return artifacts.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** Canonical JSON (docs/bundle-format.md). */
    public byte[] bytes() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("format", Names.FORMAT);
        root.put("point", point.toString());
        root.put("instance", instance);
        root.put("timestamp", timestamp.toString());
        ArrayNode list = root.putArray("artifacts");
        for (Entry each : artifacts) {
            ObjectNode entry = list.addObject().put("name", each.name());
            put(entry, "plain", each.plain());
            put(entry, "sealed", each.sealed());
            entry.set("facts", each.facts());
        }
        ObjectNode versions = root.putObject("tools");
        tools.forEach(versions::put);
        root.put("versionsSha256", versionsSha256.hex());
        root.put("configurationSha256", configurationSha256.hex());
        ArrayNode left = root.putArray("exclusions");
        exclusions.forEach(each -> left.addObject().put("what", each.what()).put("why", each.why()));
        return CanonicalJson.bytes(root);
    }

    /** Reads exactly what {@link #bytes} writes. @throws BundleException for anything else, naming the field */
    public static Manifest parse(byte[] content) throws BundleException {
        Fields root = Fields.parse(content, Names.MANIFEST);
        root.format();
        try {
            List<Entry> artifacts = new ArrayList<>();
            for (Fields each : root.objects("artifacts")) {
                artifacts.add(new Entry(
                        each.text("name"), measure(each, "plain"), measure(each, "sealed"), each.tree("facts")));
                each.end();
            }
            List<Exclusion> exclusions = new ArrayList<>();
            for (Fields each : root.objects("exclusions")) {
                exclusions.add(new Exclusion(each.text("what"), each.text("why")));
                each.end();
            }
            var manifest = new Manifest(
                    root.point("point"),
                    root.text("instance"),
                    Instant.parse(root.text("timestamp")),
                    artifacts,
                    root.textsByName("tools"),
                    root.sha256("versionsSha256"),
                    root.sha256("configurationSha256"),
                    exclusions);
            root.end();
            if (!Arrays.equals(content, manifest.bytes())) {
                throw new BundleException(Names.MANIFEST + " is not in its canonical form");
            }
            return manifest;
        } catch (DateTimeException e) {
            throw new BundleException(Names.MANIFEST + ".timestamp is no moment such as 2026-11-21T03:00:00Z");
        } catch (IllegalArgumentException e) {
            throw new BundleException(Names.MANIFEST + ": " + e.getMessage());
        }
    }

    /** @throws BundleException unless manifest and seal are of one point and agree on every object that both name */
    public void checkAgainst(Seal seal) throws BundleException {
        if (!seal.instance().equals(instance) || !seal.point().equals(point)) {
            throw new BundleException(Names.MANIFEST + " is of the point " + point + " of " + instance
                    + ", not of the sealed one " + seal.point());
        }
        for (Entry each : artifacts) {
            SealedObject object = sealed(seal, each.name() + Names.AGE);
            if (object.size() != each.sealed().size()
                    || !object.sha256().equals(each.sealed().sha256())) {
                throw new BundleException(Names.MANIFEST + " and seal differ on " + object.name());
            }
        }
        if (!sealed(seal, Names.VERSIONS).sha256().equals(versionsSha256)
                || !sealed(seal, Names.CONFIGURATION).sha256().equals(configurationSha256)) {
            throw new BundleException(
                    Names.MANIFEST + " and seal differ on " + Names.VERSIONS + " or " + Names.CONFIGURATION);
        }
    }

    private static SealedObject sealed(Seal seal, String name) throws BundleException {
        return seal.object(name)
                .orElseThrow(() ->
                        new BundleException(Names.MANIFEST + " needs " + name + ", which the seal does not have"));
    }

    private static void put(ObjectNode entry, String name, Measure measure) {
        entry.putObject(name)
                .put("size", measure.size())
                .put("sha256", measure.sha256().hex());
    }

    private static Measure measure(Fields entry, String name) throws BundleException {
        Fields fields = entry.object(name);
        var measure = new Measure(fields.whole("size"), fields.sha256("sha256"));
        fields.end();
        return measure;
    }
}
