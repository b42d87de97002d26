package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import org.jspecify.annotations.Nullable;

/** The administrator, made inside the container; the password is never an argument. */
public final class ForgejoAdmin extends CustomResource {
    public ForgejoAdmin(String name, Args args, CustomResourceOptions options) {
        super("foundation:index:ForgejoAdmin", name, args, Packages.foundation(options));
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

        @Import(name = "url", required = true)
        private @Nullable Output<String> url;

        @Import(name = "username", required = true)
        private @Nullable Output<String> username;

        @Import(name = "email", required = true)
        private @Nullable Output<String> email;

        @Import(name = "password", required = true)
        private @Nullable Output<String> password;

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

        public Args url(Output<String> value) {
            this.url = value;
            return this;
        }

        public Args url(String value) {
            return url(Output.of(value));
        }

        public Args username(Output<String> value) {
            this.username = value;
            return this;
        }

        public Args username(String value) {
            return username(Output.of(value));
        }

        public Args email(Output<String> value) {
            this.email = value;
            return this;
        }

        public Args email(String value) {
            return email(Output.of(value));
        }

        public Args password(Output<String> value) {
            this.password = value;
            return this;
        }

        public Args password(String value) {
            return password(Output.of(value));
        }
    }
}
