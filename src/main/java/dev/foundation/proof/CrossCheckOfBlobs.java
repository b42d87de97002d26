package dev.foundation.proof;

import dev.foundation.artifact.buckets.BlobSource;
import dev.foundation.artifact.postgres.ForgejoRow;
import dev.foundation.backup.CrossCheck;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** No row of Forgejo's database points at an object that is not in its bucket (P5). */
final class CrossCheckOfBlobs implements Check {
    private static final List<String> BUCKETS = List.of(CrossCheck.LFS, CrossCheck.PACKAGES, CrossCheck.ARTIFACTS);
    private static final List<String> TABLES = List.of("public.lfs_meta_object", "public.package_blob");

    private final ProofSubject subject;
    private final Scratch.Database database;
    private final BlobSource buckets;

    CrossCheckOfBlobs(ProofSubject subject, Scratch.Database database, BlobSource buckets) {
        this.subject = subject;
        this.database = database;
        this.buckets = buckets;
    }

    @Override
    public CheckName name() {
        return CheckName.CROSS_BLOBS;
    }

    @Override
    public Looked run() throws IOException, InterruptedException {
        SortedMap<String, Long> counted = subject.rows().getOrDefault(database.forgejo(), new TreeMap<>());
        if (TABLES.stream().noneMatch(counted::containsKey)) {
            return new Looked(
                    0,
                    List.of(ProofFinding.error(
                            database.forgejo(), "the point has no table there that points at objects")));
        }
        var check = new CrossCheck();
        List<ForgejoRow> rows = database.pointers();
        rows.forEach(check::row);
        List<ProofFinding> findings = new ArrayList<>();
        boolean had = TABLES.stream().anyMatch(each -> counted.getOrDefault(each, 0L) > 0);
        if (rows.isEmpty()) {
            return had
                    ? new Looked(
                            0,
                            List.of(ProofFinding.error("", "the point has rows that point at objects; here are none")))
                    : new Looked(1, List.of(ProofFinding.info("", "the point has no row that points at an object")));
        }
        for (String bucket : BUCKETS) {
            if (rows.stream().anyMatch(row -> bucket(row).equals(bucket))) {
                buckets.list(bucket, Instant.MAX, check::object);
            }
        }
        check.missing().forEach(each -> findings.add(ProofFinding.error("", each)));
        return new Looked(rows.size(), findings);
    }

    private static String bucket(ForgejoRow row) {
        return switch (row) {
            case ForgejoRow.LfsObject it -> CrossCheck.LFS;
            case ForgejoRow.PackageBlob it -> CrossCheck.PACKAGES;
            case ForgejoRow.ActionArtifact it -> CrossCheck.ARTIFACTS;
        };
    }
}
