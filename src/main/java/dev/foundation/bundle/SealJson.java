package dev.foundation.bundle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.stream.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A seal's fields in JSON, both ways. */
final class SealJson {
    private SealJson() {}

    static byte[] write(Seal seal) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("format", Names.FORMAT);
        root.put("instance", seal.instance());
        root.put("epoch", seal.epoch());
        root.put("sequence", seal.sequence());
        root.put("point", seal.point().toString());
        root.put("previous", seal.previous().map(Sha256::hex).orElse(""));
        ArrayNode recipients = root.putArray("recipients");
        seal.recipients().forEach(recipients::add);
        ObjectNode generations = root.putObject("keyGenerations");
        seal.keyGenerations().forEach(generations::put);
        ObjectNode services = root.putObject("services");
        seal.services()
                .forEach((name, product) ->
                        services.putObject(name).put("product", product.name()).put("version", product.version()));
        ArrayNode warnings = root.putArray("warnings");
        seal.warnings().forEach(warnings::add);
        ArrayNode objects = root.putArray("objects");
        for (SealedObject each : seal.objects()) {
            ObjectNode object = objects.addObject();
            object.put("name", each.name());
            object.put("size", each.size());
            object.put("sha256", each.sha256().hex());
            ObjectNode versions = object.putObject("versions");
            each.sortedVersions().forEach(versions::put);
        }
        root.putObject("blobs")
                .put("count", seal.blobs().count())
                .put("size", seal.blobs().size())
                .put("newCount", seal.blobs().newCount())
                .put("newSize", seal.blobs().newSize());
        return CanonicalJson.bytes(root);
    }

    static Seal parse(byte[] content) throws BundleException {
        Fields root = Fields.parse(content, Names.SEAL);
        root.format();
        try {
            String previous = root.text("previous");
            Seal seal = new Seal(
                    root.text("instance"),
                    root.small("epoch"),
                    root.whole("sequence"),
                    root.point("point"),
                    previous.isEmpty() ? Optional.empty() : Optional.of(root.digest("previous", previous)),
                    root.texts("recipients"),
                    generations(root.object("keyGenerations")),
                    services(root.object("services")),
                    root.texts("warnings"),
                    objects(root),
                    blobs(root.object("blobs")));
            root.end();
            if (!Arrays.equals(content, seal.bytes())) {
                throw new BundleException(Names.SEAL
                        + " is not in its canonical form: keys or objects out of order, or other white space");
            }
            return seal;
        } catch (IllegalArgumentException e) {
            throw new BundleException(Names.SEAL + ": " + e.getMessage());
        }
    }

    private static Map<String, Integer> generations(Fields fields) throws BundleException {
        Map<String, Integer> all = new LinkedHashMap<>();
        for (String each : fields.names()) {
            all.put(each, fields.small(each));
        }
        return all;
    }

    private static Map<String, Seal.Product> services(Fields fields) throws BundleException {
        Map<String, Seal.Product> all = new LinkedHashMap<>();
        for (String each : fields.names()) {
            Fields product = fields.object(each);
            all.put(each, new Seal.Product(product.text("product"), product.text("version")));
            product.end();
        }
        return all;
    }

    private static List<SealedObject> objects(Fields root) throws BundleException {
        List<SealedObject> all = new ArrayList<>();
        for (Fields each : root.objects("objects")) {
            all.add(new SealedObject(
                    each.text("name"), each.whole("size"), each.sha256("sha256"), each.textsByName("versions")));
            each.end();
        }
        return all;
    }

    private static Seal.Blobs blobs(Fields fields) throws BundleException {
        var blobs = new Seal.Blobs(
                fields.whole("count"), fields.whole("size"), fields.whole("newCount"), fields.whole("newSize"));
        fields.end();
        return blobs;
    }
}
