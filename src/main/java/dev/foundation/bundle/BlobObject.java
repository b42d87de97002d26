package dev.foundation.bundle;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.stream.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * An object of a bucket, as it was at the point, and the blob that has its content.
 *
 * @param version the source's own id; empty where the bucket has no versions
 * @param size of the content, in bytes
 * @param sha256 of the content
 * @param contentType empty where the source has none
 * @param metadata the user's own, by name
 * @param modified the source's clock
 */
public record BlobObject(
        String bucket,
        ObjectText key,
        String version,
        long size,
        Sha256 sha256,
        String contentType,
        Map<String, String> metadata,
        Instant modified,
        BlobName blob) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public BlobObject {
        metadata = Map.copyOf(metadata);
        if (bucket.isEmpty() || size < 0) {
            throw new IllegalArgumentException("an object is in a bucket, and its size is at least 0");
        }
    }

    /** One JSON object, without the newline: {@code key} holds text, {@code keyBase64} what is no UTF-8; there is one of the two. */
    public String line() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("bucket", bucket);
        root.put(key.base64() ? "keyBase64" : "key", key.text());
        root.put("version", version);
        root.put("size", size);
        root.put("sha256", sha256.hex());
        root.put("contentType", contentType);
        ObjectNode own = root.putObject("metadata");
        new TreeMap<>(metadata).forEach(own::put);
        root.put("modified", modified.toString());
        root.put("blob", blob.hex());
        try {
            return JSON.writeValueAsString(root);
        } catch (IOException e) {
            throw new UncheckedIOException("a tree of texts and numbers can be written", e);
        }
    }

    /** @throws BundleException naming the field that is missing, unknown, or wrong */
    public static BlobObject parse(String line) throws BundleException {
        Fields fields = Fields.parse(line.getBytes(StandardCharsets.UTF_8), "the line");
        try {
            ObjectText key = fields.has("keyBase64")
                    ? new ObjectText(fields.text("keyBase64"), true)
                    : new ObjectText(fields.text("key"), false);
            var object = new BlobObject(
                    fields.text("bucket"),
                    key,
                    fields.text("version"),
                    fields.whole("size"),
                    fields.sha256("sha256"),
                    fields.text("contentType"),
                    fields.textsByName("metadata"),
                    Instant.parse(fields.text("modified")),
                    new BlobName(fields.text("blob")));
            fields.end();
            return object;
        } catch (DateTimeException e) {
            throw fields.bad("modified", "is no moment such as 2026-11-21T03:00:00Z");
        } catch (IllegalArgumentException e) {
            throw new BundleException("the line: " + e.getMessage());
        }
    }
}
