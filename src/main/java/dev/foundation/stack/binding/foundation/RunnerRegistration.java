package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import org.jspecify.annotations.Nullable;

/** An Actions runner made known to Forgejo by a shared secret, without the runner being there. */
public final class RunnerRegistration extends CustomResource {
    @Export(
            name = "uuid",
            refs = {String.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<String> uuid;

    public RunnerRegistration(String name, Args args, CustomResourceOptions options) {
        super("foundation:index:RunnerRegistration", name, args, Packages.foundation(options));
    }

    public Output<String> uuid() {
        return uuid;
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

        @Import(name = "name", required = true)
        private @Nullable Output<String> name;

        @Import(name = "secretFile", required = true)
        private @Nullable Output<String> secretFile;

        @Import(name = "secret", required = true)
        private @Nullable Output<String> secret;

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

        public Args name(Output<String> value) {
            this.name = value;
            return this;
        }

        public Args name(String value) {
            return name(Output.of(value));
        }

        public Args secretFile(Output<String> value) {
            this.secretFile = value;
            return this;
        }

        public Args secretFile(String value) {
            return secretFile(Output.of(value));
        }

        public Args secret(Output<String> value) {
            this.secret = value;
            return this;
        }

        public Args secret(String value) {
            return secret(Output.of(value));
        }
    }
}
