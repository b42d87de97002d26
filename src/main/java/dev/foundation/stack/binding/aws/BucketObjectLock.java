package dev.foundation.stack.binding.aws;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import org.jspecify.annotations.Nullable;

/** How long each new version is locked. Source: the {@code aws} provider 6.83.0. */
public final class BucketObjectLock extends CustomResource {
    public BucketObjectLock(String name, Args args, CustomResourceOptions options) {
        super(
                "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2",
                name,
                args,
                Packages.aws(options));
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "bucket", required = true)
        private @Nullable Output<String> bucket;

        @Import(name = "rule", required = true)
        private @Nullable Output<Rule> rule;

        public Args bucket(Output<String> value) {
            this.bucket = value;
            return this;
        }

        public Args bucket(String value) {
            return bucket(Output.of(value));
        }

        public Args rule(Output<Rule> value) {
            this.rule = value;
            return this;
        }

        public Args rule(Rule value) {
            return rule(Output.of(value));
        }
    }

    /** The lock that a new version gets when its writer asks for none. */
    public static final class Rule extends ResourceArgs {
        @Import(name = "defaultRetention", required = true)
        private final Output<DefaultRetention> defaultRetention;

        public Rule(DefaultRetention defaultRetention) {
            this.defaultRetention = Output.of(defaultRetention);
        }
    }

    /** Mode {@code GOVERNANCE} or {@code COMPLIANCE}, for whole days. */
    public static final class DefaultRetention extends ResourceArgs {
        @Import(name = "mode", required = true)
        private final Output<String> mode;

        @Import(name = "days", required = true)
        private final Output<Integer> days;

        public DefaultRetention(String mode, int days) {
            this.mode = Output.of(mode);
            this.days = Output.of(days);
        }
    }
}
