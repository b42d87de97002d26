package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import org.jspecify.annotations.Nullable;

/** A bucket on the S3 server. */
public final class S3Bucket extends CustomResource {
    public S3Bucket(String name, Args args, CustomResourceOptions options) {
        super("foundation:index:S3Bucket", name, args, Packages.foundation(options));
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "endpoint", required = true)
        private @Nullable Output<String> endpoint;

        @Import(name = "engine", required = true)
        private @Nullable Output<String> engine;

        @Import(name = "accessKey", required = true)
        private @Nullable Output<String> accessKey;

        @Import(name = "secretKey", required = true)
        private @Nullable Output<String> secretKey;

        @Import(name = "bucket", required = true)
        private @Nullable Output<String> bucket;

        @Import(name = "versioning")
        private @Nullable Output<Boolean> versioning;

        @Import(name = "objectLock")
        private @Nullable Output<Boolean> objectLock;

        public Args endpoint(Output<String> value) {
            this.endpoint = value;
            return this;
        }

        public Args endpoint(String value) {
            return endpoint(Output.of(value));
        }

        public Args engine(Output<String> value) {
            this.engine = value;
            return this;
        }

        public Args engine(String value) {
            return engine(Output.of(value));
        }

        public Args accessKey(Output<String> value) {
            this.accessKey = value;
            return this;
        }

        public Args accessKey(String value) {
            return accessKey(Output.of(value));
        }

        public Args secretKey(Output<String> value) {
            this.secretKey = value;
            return this;
        }

        public Args secretKey(String value) {
            return secretKey(Output.of(value));
        }

        public Args bucket(Output<String> value) {
            this.bucket = value;
            return this;
        }

        public Args bucket(String value) {
            return bucket(Output.of(value));
        }

        public Args versioning(Output<Boolean> value) {
            this.versioning = value;
            return this;
        }

        public Args versioning(Boolean value) {
            return versioning(Output.of(value));
        }

        public Args objectLock(Output<Boolean> value) {
            this.objectLock = value;
            return this;
        }

        public Args objectLock(Boolean value) {
            return objectLock(Output.of(value));
        }
    }
}
