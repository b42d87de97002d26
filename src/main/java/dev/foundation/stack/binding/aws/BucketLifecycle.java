package dev.foundation.stack.binding.aws;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the bucket does by itself over time. Source: the {@code aws} provider 6.83.0. */
public final class BucketLifecycle extends CustomResource {
    public BucketLifecycle(String name, Args args, CustomResourceOptions options) {
        super(
                "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
                name,
                args,
                Packages.aws(options));
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "bucket", required = true)
        private @Nullable Output<String> bucket;

        @Import(name = "rules", required = true)
        private @Nullable Output<List<Rule>> rules;

        public Args bucket(Output<String> value) {
            this.bucket = value;
            return this;
        }

        public Args bucket(String value) {
            return bucket(Output.of(value));
        }

        public Args rules(Output<List<Rule>> value) {
            this.rules = value;
            return this;
        }

        public Args rules(List<Rule> value) {
            return rules(Output.of(value));
        }
    }

    /** A rule that only takes away uploads that were begun and never completed, after whole days. */
    public static final class Rule extends ResourceArgs {
        @Import(name = "id", required = true)
        private final Output<String> id;

        @Import(name = "status", required = true)
        private final Output<String> status = Output.of("Enabled");

        @Import(name = "filter")
        private final Output<Filter> filter = Output.of(new Filter());

        @Import(name = "abortIncompleteMultipartUpload")
        private final Output<AbortIncompleteMultipartUpload> abortIncompleteMultipartUpload;

        public Rule(String id, int abandonedAfterDays) {
            this.id = Output.of(id);
            this.abortIncompleteMultipartUpload = Output.of(new AbortIncompleteMultipartUpload(abandonedAfterDays));
        }
    }

    /** Every object. */
    public static final class Filter extends ResourceArgs {
        @Import(name = "prefix")
        private final Output<String> prefix = Output.of("");
    }

    /** @see Rule */
    public static final class AbortIncompleteMultipartUpload extends ResourceArgs {
        @Import(name = "daysAfterInitiation")
        private final Output<Integer> daysAfterInitiation;

        AbortIncompleteMultipartUpload(int daysAfterInitiation) {
            this.daysAfterInitiation = Output.of(daysAfterInitiation);
        }
    }
}
