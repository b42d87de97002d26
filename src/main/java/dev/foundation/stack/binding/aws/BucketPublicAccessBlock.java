package dev.foundation.stack.binding.aws;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import org.jspecify.annotations.Nullable;

/** Nothing in the bucket is ever public. Source: the {@code aws} provider 6.83.0. */
public final class BucketPublicAccessBlock extends CustomResource {
    public BucketPublicAccessBlock(String name, Args args, CustomResourceOptions options) {
        super("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", name, args, Packages.aws(options));
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "bucket", required = true)
        private @Nullable Output<String> bucket;

        @Import(name = "blockPublicAcls")
        private @Nullable Output<Boolean> blockPublicAcls;

        @Import(name = "blockPublicPolicy")
        private @Nullable Output<Boolean> blockPublicPolicy;

        @Import(name = "ignorePublicAcls")
        private @Nullable Output<Boolean> ignorePublicAcls;

        @Import(name = "restrictPublicBuckets")
        private @Nullable Output<Boolean> restrictPublicBuckets;

        public Args bucket(Output<String> value) {
            this.bucket = value;
            return this;
        }

        public Args bucket(String value) {
            return bucket(Output.of(value));
        }

        public Args blockPublicAcls(Output<Boolean> value) {
            this.blockPublicAcls = value;
            return this;
        }

        public Args blockPublicAcls(Boolean value) {
            return blockPublicAcls(Output.of(value));
        }

        public Args blockPublicPolicy(Output<Boolean> value) {
            this.blockPublicPolicy = value;
            return this;
        }

        public Args blockPublicPolicy(Boolean value) {
            return blockPublicPolicy(Output.of(value));
        }

        public Args ignorePublicAcls(Output<Boolean> value) {
            this.ignorePublicAcls = value;
            return this;
        }

        public Args ignorePublicAcls(Boolean value) {
            return ignorePublicAcls(Output.of(value));
        }

        public Args restrictPublicBuckets(Output<Boolean> value) {
            this.restrictPublicBuckets = value;
            return this;
        }

        public Args restrictPublicBuckets(Boolean value) {
            return restrictPublicBuckets(Output.of(value));
        }
    }
}
