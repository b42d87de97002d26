package dev.foundation.backup;

import dev.foundation.artifact.buckets.SourceObject;
import dev.foundation.artifact.postgres.ForgejoRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Whether every row of Forgejo's database that says "there is an object" has one in the buckets (P5). Safe for many threads. */
public final class CrossCheck {
    public static final String LFS = "forgejo-lfs";
    public static final String PACKAGES = "forgejo-packages";
    public static final String ARTIFACTS = "forgejo-artifacts";
    private static final int SHOWN = 5;

    private final Map<String, Set<String>> wanted = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> found = new ConcurrentHashMap<>();

    public void row(ForgejoRow row) {
        switch (row) {
            case ForgejoRow.LfsObject lfs -> want(LFS, lfs.oid());
            case ForgejoRow.PackageBlob blob -> want(PACKAGES, blob.sha256());
            case ForgejoRow.ActionArtifact artifact -> want(ARTIFACTS, artifact.path());
        }
    }

    private void want(String bucket, String id) {
        wanted.computeIfAbsent(bucket, each -> ConcurrentHashMap.newKeySet()).add(id);
    }

    /** Forgets what was found, for another look. */
    void again() {
        found.clear();
    }

    /** Forgejo puts a folder before the name (MINIO_BASE_PATH) and, in LFS, slashes into it: {@code lfs/ab/cd/ef01...}. */
    public void object(SourceObject object) {
        if (wanted.containsKey(object.bucket())) {
            String key = object.key().text();
            String id = switch (object.bucket()) {
                case LFS -> lastParts(key, 3).replace("/", "");
                case PACKAGES -> lastParts(key, 1);
                default -> key.substring(key.indexOf('/') + 1);
            };
            Set<String> ids = found.computeIfAbsent(object.bucket(), each -> ConcurrentHashMap.newKeySet());
            ids.add(id);
            if (object.bucket().equals(ARTIFACTS)) {
                ids.add(key); // where there is no folder before the name
            }
        }
    }

    private static String lastParts(String key, int count) {
        int at = key.length();
        for (int i = 0; i < count && at >= 0; i++) {
            at = key.lastIndexOf('/', at - 1);
        }
        return key.substring(at + 1);
    }

    /** One sentence for each bucket that lacks something; empty if every row has its object. */
    public List<String> missing() {
        List<String> sentences = new ArrayList<>();
        wanted.forEach((bucket, ids) -> {
            Set<String> lacking = new HashSet<>(ids);
            lacking.removeAll(found.getOrDefault(bucket, Set.of()));
            if (!lacking.isEmpty()) {
                sentences.add("bucket " + bucket + " lacks " + lacking.size()
                        + (lacking.size() == 1 ? " object that a row" : " objects that rows")
                        + " of Forgejo's database name, such as "
                        + String.join(
                                ", ", lacking.stream().sorted().limit(SHOWN).toList()));
            }
        });
        return sentences;
    }
}
