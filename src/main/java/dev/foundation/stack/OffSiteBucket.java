package dev.foundation.stack;

import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dev.foundation.spec.BackupSpec;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.stack.binding.aws.AwsProvider;
import dev.foundation.stack.binding.aws.Bucket;
import dev.foundation.stack.binding.aws.BucketLifecycle;
import dev.foundation.stack.binding.aws.BucketObjectLock;
import dev.foundation.stack.binding.aws.BucketPublicAccessBlock;
import dev.foundation.stack.binding.aws.BucketVersioning;
import java.util.List;
import java.util.Map;

/**
 * The second failure domain where it is AWS (R2.2): a bucket that keeps versions, locks each for a day by default (the backup asks for
 * longer ones itself) and expires nothing (P3). It survives the stack: plain and guarded destroys leave it.
 */
final class OffSiteBucket extends ComponentResource {
    private static final int DEFAULT_LOCK_DAYS = 1;
    private static final int ABANDONED_UPLOAD_DAYS = 7;

    private final AwsProvider provider;

    OffSiteBucket(FoundationSpec spec, BackupSpec.OffSite offSite, ComponentResourceOptions options) {
        super("foundation:stack:OffSiteBucket", spec.instance().named("off-site"), options);
        String name = spec.instance().named("off-site");
        provider = new AwsProvider(
                name + "-provider",
                new AwsProvider.Args(offSite.region()),
                CustomResourceOptions.builder().parent(this).build());
        Bucket bucket = new Bucket(
                name + "-bucket", new Bucket.Args().bucket(offSite.bucket()).objectLockEnabled(true), kept());
        BucketVersioning versioning = new BucketVersioning(
                name + "-versioning",
                new BucketVersioning.Args()
                        .bucket(bucket.id())
                        .versioningConfiguration(new BucketVersioning.VersioningConfiguration("Enabled")),
                kept());
        new BucketObjectLock(
                name + "-lock",
                new BucketObjectLock.Args()
                        .bucket(bucket.id())
                        .rule(new BucketObjectLock.Rule(
                                new BucketObjectLock.DefaultRetention("COMPLIANCE", DEFAULT_LOCK_DAYS))),
                kept(versioning));
        new BucketLifecycle(
                name + "-lifecycle",
                new BucketLifecycle.Args()
                        .bucket(bucket.id())
                        .rules(List.of(new BucketLifecycle.Rule("abandoned-uploads", ABANDONED_UPLOAD_DAYS))),
                kept(versioning));
        new BucketPublicAccessBlock(
                name + "-private",
                new BucketPublicAccessBlock.Args()
                        .bucket(bucket.id())
                        .blockPublicAcls(true)
                        .blockPublicPolicy(true)
                        .ignorePublicAcls(true)
                        .restrictPublicBuckets(true),
                kept());
        registerOutputs(Map.of("bucket", bucket.id()));
    }

    private CustomResourceOptions kept(Resource... after) {
        return CustomResourceOptions.builder()
                .parent(this)
                .provider(provider)
                .dependsOn(after)
                .protect(true)
                .retainOnDelete(true)
                .build();
    }
}
