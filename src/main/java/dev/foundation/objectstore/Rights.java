package dev.foundation.objectstore;

import dev.foundation.objectstore.Grant.Action;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * S3's own actions by resource, the form in which the engines keep rights. Two lists of grants that mean the same have equal rights.
 *
 * @param byResource S3 actions by resource, such as {@code arn:aws:s3:::b/*}
 */
record Rights(Map<String, Set<String>> byResource) {
    private static final String ARN = "arn:aws:s3:::";
    private static final Map<Action, Set<String>> ON_OBJECTS = new EnumMap<>(Map.of(
            Action.READ, Set.of("s3:GetObject", "s3:GetObjectVersion"),
            Action.WRITE, Set.of("s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"),
            Action.LIST, Set.of(),
            Action.DELETE, Set.of("s3:DeleteObject"),
            Action.PURGE, Set.of("s3:DeleteObjectVersion")));
    private static final Set<String> ON_BUCKET = Set.of(
            "s3:ListBucket",
            "s3:ListBucketVersions",
            "s3:ListBucketMultipartUploads",
            "s3:GetBucketLocation",
            "s3:GetBucketVersioning",
            "s3:GetBucketObjectLockConfiguration");

    static Rights of(List<Grant> grants) {
        var all = new TreeMap<String, Set<String>>();
        for (var grant : grants) {
            for (var action : grant.actions()) {
                add(all, objects(grant.bucket()), ON_OBJECTS.getOrDefault(action, Set.of()));
                add(all, ARN + grant.bucket(), action == Action.LIST ? ON_BUCKET : Set.of());
            }
        }
        return new Rights(all);
    }

    private static void add(Map<String, Set<String>> all, String resource, Set<String> actions) {
        if (!actions.isEmpty()) {
            all.computeIfAbsent(resource, r -> new TreeSet<>()).addAll(actions);
        }
    }

    static String objects(String bucket) {
        return ARN + bucket + "/*";
    }

    /** The bucket that a resource belongs to. */
    static String bucket(String resource) {
        var path = resource.startsWith(ARN) ? resource.substring(ARN.length()) : resource;
        int slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }

    /** Those on one bucket and its objects. */
    Rights in(String bucket) {
        var some = new TreeMap<>(byResource);
        some.keySet().removeIf(resource -> !bucket(resource).equals(bucket));
        return new Rights(some);
    }

    Set<String> buckets() {
        var names = new TreeSet<String>();
        byResource.keySet().forEach(resource -> names.add(bucket(resource)));
        return names;
    }

    /** The grants that these rights contain in full, by bucket. Rights beyond them are not in the answer: compare {@link #of} with this. */
    List<Grant> grants() {
        return buckets().stream()
                .map(bucket -> new Grant(
                        bucket,
                        List.of(Action.values()).stream()
                                .filter(a -> contains(bucket, a))
                                .toList()))
                .sorted(Comparator.comparing(Grant::bucket))
                .toList();
    }

    private boolean contains(String bucket, Action action) {
        return of(List.of(new Grant(bucket, List.of(action)))).byResource().entrySet().stream()
                .allMatch(wanted ->
                        byResource.getOrDefault(wanted.getKey(), Set.of()).containsAll(wanted.getValue()));
    }
}
