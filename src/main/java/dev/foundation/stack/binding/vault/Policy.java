package dev.foundation.stack.binding.vault;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import org.jspecify.annotations.Nullable;

/** A named policy in HCL. Source: the {@code vault} provider 7.9.0. */
public final class Policy extends CustomResource {
    @Export(
            name = "name",
            refs = {String.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<String> name;

    public Policy(String name, Args args, CustomResourceOptions options) {
        super("vault:index/policy:Policy", name, args, Packages.vault(options));
    }

    public Output<String> name() {
        return name;
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "name")
        private @Nullable Output<String> name;

        @Import(name = "policy", required = true)
        private @Nullable Output<String> policy;

        public Args name(Output<String> value) {
            this.name = value;
            return this;
        }

        public Args name(String value) {
            return name(Output.of(value));
        }

        public Args policy(Output<String> value) {
            this.policy = value;
            return this;
        }

        public Args policy(String value) {
            return policy(Output.of(value));
        }
    }
}
