package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Forgejo's hooks and keys written anew after a restore, and what its doctor finds. */
public final class ForgejoRepair extends CustomResource {
    @Export(
            name = "findings",
            refs = {List.class, String.class},
            tree = "[0,1]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<List<String>> findings;

    @Export(
            name = "seconds",
            refs = {Integer.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<Integer> seconds;

    public ForgejoRepair(String name, Args args, CustomResourceOptions options) {
        super("foundation:index:ForgejoRepair", name, args, Packages.foundation(options));
    }

    public Output<List<String>> findings() {
        return findings;
    }

    public Output<Integer> seconds() {
        return seconds;
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "container", required = true)
        private @Nullable Output<String> container;

        @Import(name = "binary", required = true)
        private @Nullable Output<String> binary;

        @Import(name = "config", required = true)
        private @Nullable Output<String> config;

        @Import(name = "runAs", required = true)
        private @Nullable Output<String> runAs;

        @Import(name = "point", required = true)
        private @Nullable Output<String> point;

        public Args container(Output<String> value) {
            this.container = value;
            return this;
        }

        public Args container(String value) {
            return container(Output.of(value));
        }

        public Args binary(Output<String> value) {
            this.binary = value;
            return this;
        }

        public Args binary(String value) {
            return binary(Output.of(value));
        }

        public Args config(Output<String> value) {
            this.config = value;
            return this;
        }

        public Args config(String value) {
            return config(Output.of(value));
        }

        public Args runAs(Output<String> value) {
            this.runAs = value;
            return this;
        }

        public Args runAs(String value) {
            return runAs(Output.of(value));
        }

        public Args point(Output<String> value) {
            this.point = value;
            return this;
        }

        public Args point(String value) {
            return point(Output.of(value));
        }
    }
}
