package dev.foundation.stack.binding.aws;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import org.jspecify.annotations.Nullable;

/** Whether a bucket keeps older versions. Source: the {@code aws} provider 6.83.0. */
public final class BucketVersioning extends CustomResource {
    public BucketVersioning(String name, Args args, CustomResourceOptions options) {
        super("aws:s3/bucketVersioningV2:BucketVersioningV2", name, args, Packages.aws(options));
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "bucket", required = true)
        private @Nullable Output<String> bucket;

        @Import(name = "versioningConfiguration", required = true)
        private @Nullable Output<VersioningConfiguration> versioningConfiguration;

        public Args bucket(Output<String> value) {
            this.bucket = value;
            return this;
        }

        public Args bucket(String value) {
            return bucket(Output.of(value));
        }

        public Args versioningConfiguration(Output<VersioningConfiguration> value) {
            this.versioningConfiguration = value;
            return this;
        }

        public Args versioningConfiguration(VersioningConfiguration value) {
            return versioningConfiguration(Output.of(value));
        }
    }

    /** {@code Enabled} or {@code Suspended}. */
    public static final class VersioningConfiguration extends ResourceArgs {
        @Import(name = "status", required = true)
        private final Output<String> status;

        public VersioningConfiguration(String status) {
            this.status = Output.of(status);
        }
    }
}
