package dev.foundation.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.stream.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A JSON object read strictly: every field has its type, none is missing, none is unknown, none comes twice. Sizes, nesting and the number of values
 * are bounded, so that no text takes more memory than a small multiple of its length.
 */
public final class Fields {
    /** No part of the format in JSON is read beyond this. */
    static final int MAX_BYTES = 16 << 20;

    private static final ObjectMapper STRICT = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxDocumentLength(MAX_BYTES)
                            .maxNumberLength(64)
                            .maxTokenCount(1_000_000)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

    private final JsonNode node;
    private final String where;
    private final TreeSet<String> unread = new TreeSet<>();

    private Fields(JsonNode node, String where) throws BundleException {
        if (!node.isObject()) {
            throw new BundleException(where + " is no JSON object");
        }
        this.node = node;
        this.where = where;
        node.fieldNames().forEachRemaining(unread::add);
    }

    /** @param what the part's name, with which every message begins */
    public static Fields parse(byte[] content, String what) throws BundleException {
        if (content.length > MAX_BYTES) {
            throw new BundleException(
                    what + " has " + content.length + " bytes; more than " + MAX_BYTES + " are not read");
        }
        try {
            return new Fields(STRICT.readTree(content), what);
        } catch (JsonProcessingException e) {
            throw new BundleException(what + " is no JSON that we read: " + shown(e.getOriginalMessage()));
        } catch (BundleException e) {
            throw e;
        } catch (IOException e) {
            throw new BundleException(what + " is no UTF-8");
        }
    }

    /** Reads the field {@code format}, before anything else: a newer format may have any other field. */
    public void format() throws BundleException {
        long format = whole("format");
        if (format > Names.FORMAT) {
            throw new BundleException(
                    where + " was written by a newer version: its format is " + format + ", this program reads "
                            + Names.FORMAT + "; take the version of this program that wrote it, or a later one");
        }
        if (format != Names.FORMAT) {
            throw new BundleException(where + ".format: there never was a format " + format);
        }
    }

    public String text(String name) throws BundleException {
        JsonNode value = take(name);
        if (!value.isTextual()) {
            throw bad(name, "is no text");
        }
        return value.textValue();
    }

    public long whole(String name) throws BundleException {
        JsonNode value = take(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw bad(name, "is no whole number");
        }
        return value.longValue();
    }

    int small(String name) throws BundleException {
        long value = whole(name);
        if (value != (int) value) {
            throw bad(name, "is out of range");
        }
        return (int) value;
    }

    Sha256 sha256(String name) throws BundleException {
        return digest(name, text(name));
    }

    Sha256 digest(String name, String hex) throws BundleException {
        try {
            return new Sha256(hex);
        } catch (IllegalArgumentException e) {
            throw bad(name, "is no SHA-256 of 64 small hexadecimal digits");
        }
    }

    public BundleId point(String name) throws BundleException {
        try {
            return BundleId.of(text(name));
        } catch (IllegalArgumentException e) {
            throw bad(name, "is no point's name");
        }
    }

    Fields object(String name) throws BundleException {
        return new Fields(take(name), where + "." + name);
    }

    /** An object of any content. */
    ObjectNode tree(String name) throws BundleException {
        if (take(name) instanceof ObjectNode tree) {
            return tree;
        }
        throw bad(name, "is no JSON object");
    }

    public List<Fields> objects(String name) throws BundleException {
        List<Fields> all = new ArrayList<>();
        for (JsonNode each : array(name)) {
            all.add(new Fields(each, where + "." + name + "[" + all.size() + "]"));
        }
        return all;
    }

    public List<String> texts(String name) throws BundleException {
        List<String> all = new ArrayList<>();
        for (JsonNode each : array(name)) {
            if (!each.isTextual()) {
                throw bad(name, "holds something else than texts");
            }
            all.add(each.textValue());
        }
        return all;
    }

    /** An object with fields of any name, all texts. */
    public Map<String, String> textsByName(String name) throws BundleException {
        Fields inner = object(name);
        Map<String, String> all = new LinkedHashMap<>();
        for (String each : inner.names()) {
            all.put(each, inner.text(each));
        }
        return all;
    }

    /** The fields not read yet. */
    List<String> names() {
        return List.copyOf(unread);
    }

    boolean has(String name) {
        return node.has(name);
    }

    /** To be called when all known fields were read. */
    public void end() throws BundleException {
        if (!unread.isEmpty()) {
            throw bad(unread.first(), "is unknown");
        }
    }

    public BundleException bad(String name, String fault) {
        return new BundleException(where + "." + shown(name) + " " + fault);
    }

    /** Foreign text for a message: short, and nothing in it moves a terminal. */
    static String shown(String text) {
        String clean = text.replaceAll("[^ -~]", "?");
        return clean.length() <= 80 ? clean : clean.substring(0, 80) + "...";
    }

    private JsonNode take(String name) throws BundleException {
        JsonNode value = node.get(name);
        if (value == null) {
            throw bad(name, "is missing");
        }
        unread.remove(name);
        return value;
    }

    private JsonNode array(String name) throws BundleException {
        JsonNode value = take(name);
        if (!value.isArray()) {
            throw bad(name, "is no list");
        }
        return value;
    }
}
