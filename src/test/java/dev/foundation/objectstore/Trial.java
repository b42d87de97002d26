package dev.foundation.objectstore;

import dev.foundation.objectstore.Grant.Action;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Tries calls as a user and tells which the server allows (T4). */
final class Trial {
    private final S3Access user;

    Trial(S3Access user) {
        this.user = user;
    }

    private interface Call {
        void on(S3Client s3);
    }

    private S3Client client() {
        return S3Clients.builder(user, Duration.ofSeconds(30)).build();
    }

    /** A missing key counts as allowed: the server looked for it. Anything but a refusal is a failure of the test. */
    private boolean allowed(Call call) {
        try (var s3 = client()) {
            call.on(s3);
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == 403) {
                return false;
            }
            if (e.statusCode() == 404) {
                return true;
            }
            throw e;
        }
    }

    Set<Action> allowed(String bucket) {
        var found = EnumSet.noneOf(Action.class);
        if (allowed(s3 -> s3.putObject(r -> r.bucket(bucket).key("probe"), RequestBody.fromString("x")))) {
            found.add(Action.WRITE);
        }
        // HEAD by a user who may not read answers 403, a listing by one who may not list too.
        if (allowed(s3 -> s3.getObjectAsBytes(r -> r.bucket(bucket).key("probe")))) {
            found.add(Action.READ);
        }
        if (allowed(s3 -> s3.listObjectsV2(r -> r.bucket(bucket)))) {
            found.add(Action.LIST);
        }
        if (mayDelete(bucket, "probe")) {
            found.add(Action.DELETE);
        }
        return found;
    }

    boolean mayDelete(String bucket, String key) {
        return allowed(s3 -> s3.deleteObject(r -> r.bucket(bucket).key(key)));
    }

    boolean mayDeleteVersion(String bucket, String key, String version) {
        return allowed(s3 -> s3.deleteObject(r -> r.bucket(bucket).key(key).versionId(version)));
    }

    boolean mayCreateBucket(String bucket) {
        return allowed(s3 -> s3.createBucket(r -> r.bucket(bucket)));
    }

    boolean mayDeleteBucket(String bucket) {
        return allowed(s3 -> s3.deleteBucket(r -> r.bucket(bucket)));
    }

    String put(String bucket, String key) {
        try (var s3 = client()) {
            return s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString("x"))
                    .versionId();
        }
    }
}
