package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user of the S3 server who may do exactly what the grants say. */
public final class S3User extends CustomResource {
    public S3User(String name, Args args, CustomResourceOptions options) {
        super("foundation:index:S3User", name, args, Packages.foundation(options));
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

        @Import(name = "name", required = true)
        private @Nullable Output<String> name;

        @Import(name = "secret", required = true)
        private @Nullable Output<String> secret;

        @Import(name = "grants", required = true)
        private @Nullable Output<List<BucketGrant>> grants;

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

        public Args name(Output<String> value) {
            this.name = value;
            return this;
        }

        public Args name(String value) {
            return name(Output.of(value));
        }

        public Args secret(Output<String> value) {
            this.secret = value;
            return this;
        }

        public Args secret(String value) {
            return secret(Output.of(value));
        }

        public Args grants(Output<List<BucketGrant>> value) {
            this.grants = value;
            return this;
        }

        public Args grants(List<BucketGrant> value) {
            return grants(Output.of(value));
        }
    }
}
