package dev.foundation.bundle;

import dev.foundation.secret.Secret;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Gives blobs their names: HMAC-SHA256, with {@code blobNameKey}, over what identifies an object's version. Each field stands behind its length
 * (four bytes, big-endian), so no two identities have the same bytes; the first field tells the two kinds and this format apart from all else.
 * Safe for many threads.
 */
public final class BlobNames {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final Secret<SecretKeySpec> key;

    /** @param blobNameKey 32 bytes in base64. @throws IllegalArgumentException if it is not; nothing is quoted */
    public BlobNames(Secret<String> blobNameKey) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(blobNameKey.expose().strip());
        } catch (IllegalArgumentException e) {
            bytes = new byte[0]; // not the cause: a decoder quotes what it cannot read
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "blobNameKey is not 32 bytes in base64: take it from Pulumi.foundation.yaml, or from its last commit");
        }
        this.key = Secret.of(new SecretKeySpec(bytes, ALGORITHM));
    }

    /** In a versioned bucket: the version says it all. @param version the source's own id, never {@code null} as text */
    public BlobName versioned(String bucket, ObjectText key, String version) {
        return name("foundation-blob-1 version", bucket, key, version);
    }

    /** In a bucket without versions: another content has another ETag, size or time. */
    public BlobName unversioned(String bucket, ObjectText key, String etag, long size, Instant modified) {
        return name(
                "foundation-blob-1 state",
                bucket,
                key,
                etag,
                Long.toString(size),
                modified.getEpochSecond() + "." + modified.getNano());
    }

    private BlobName name(String kind, String bucket, ObjectText key, String... rest) {
        var encoded = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(encoded)) {
            field(out, kind.getBytes(StandardCharsets.UTF_8));
            field(out, bucket.getBytes(StandardCharsets.UTF_8));
            field(out, key.bytes());
            for (String each : rest) {
                field(out, each.getBytes(StandardCharsets.UTF_8));
            }
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(this.key.expose());
            return new BlobName(HexFormat.of().formatHex(mac.doFinal(encoded.toByteArray())));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }

    private static void field(DataOutputStream out, byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }
}
