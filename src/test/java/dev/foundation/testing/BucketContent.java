package dev.foundation.testing;

import dev.foundation.objectstore.S3Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** What is in buckets, by a plain client; and blobs of a point that is on the disk, spoilt and mended. */
public final class BucketContent {
    private BucketContent() {}

    /** With the SDK's own defaults. */
    public static S3Client client(S3Access access) {
        return S3Client.builder()
                .endpointOverride(access.endpoint())
                .region(Region.of(access.region()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(access.accessKey(), access.secretKey())))
                .forcePathStyle(true)
                .build();
    }

    /** The text of every object, by {@code bucket/key}. */
    public static Map<String, String> of(S3Client s3, List<String> buckets) {
        var found = new TreeMap<String, String>();
        for (String bucket : buckets) {
            s3.listObjectsV2(r -> r.bucket(bucket))
                    .contents()
                    .forEach(each -> found.put(
                            bucket + "/" + each.key(),
                            s3.getObjectAsBytes(r -> r.bucket(bucket).key(each.key()))
                                    .asUtf8String()));
        }
        return found;
    }

    public static Path largest(Path blobs) throws IOException {
        try (Stream<Path> all = Files.list(blobs)) {
            return all.max(Comparator.comparingLong(each -> each.toFile().length()))
                    .orElseThrow();
        }
    }

    /** Flips a bit near the end. @return what it was before */
    public static byte[] spoil(Path blob) throws IOException {
        byte[] whole = Files.readAllBytes(blob);
        byte[] flipped = whole.clone();
        flipped[whole.length - 100] ^= 1;
        replace(blob, flipped);
        return whole;
    }

    /** A blob is written once, and not writable. */
    public static void replace(Path blob, byte[] content) throws IOException {
        Files.delete(blob);
        Files.write(blob, content);
    }
}
