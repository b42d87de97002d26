package dev.foundation.stack.binding.aws;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ProviderResource;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;

/**
 * The {@code aws} provider in one region. Its credentials are those of the person who runs the update, from AWS's own environment or files:
 * whoever may make a bucket may delete it, so they are never stored (S7).
 */
public final class AwsProvider extends ProviderResource {
    public AwsProvider(String name, Args args, CustomResourceOptions options) {
        super("aws", name, args, Packages.aws(options));
    }

    /** @see AwsProvider */
    public static final class Args extends ResourceArgs {
        @Import(name = "region", required = true)
        private final Output<String> region;

        public Args(String region) {
            this.region = Output.of(region);
        }
    }
}
