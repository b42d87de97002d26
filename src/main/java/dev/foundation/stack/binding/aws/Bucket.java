package dev.foundation.stack.binding.aws;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import org.jspecify.annotations.Nullable;

/** An S3 bucket. Source: the {@code aws} provider 6.83.0. */
public final class Bucket extends CustomResource {
    public Bucket(String name, Args args, CustomResourceOptions options) {
        super("aws:s3/bucketV2:BucketV2", name, args, Packages.aws(options));
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "bucket", required = true)
        private @Nullable Output<String> bucket;

        @Import(name = "objectLockEnabled")
        private @Nullable Output<Boolean> objectLockEnabled;

        public Args bucket(Output<String> value) {
            this.bucket = value;
            return this;
        }

        public Args bucket(String value) {
            return bucket(Output.of(value));
        }

        public Args objectLockEnabled(Output<Boolean> value) {
            this.objectLockEnabled = value;
            return this;
        }

        public Args objectLockEnabled(Boolean value) {
            return objectLockEnabled(Output.of(value));
        }
    }
}
