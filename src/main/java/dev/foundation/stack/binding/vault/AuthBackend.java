package dev.foundation.stack.binding.vault;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import org.jspecify.annotations.Nullable;

/** An authentication method at a path. Source: the {@code vault} provider 7.9.0. */
public final class AuthBackend extends CustomResource {
    @Export(
            name = "path",
            refs = {String.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<String> path;

    public AuthBackend(String name, Args args, CustomResourceOptions options) {
        super("vault:index/authBackend:AuthBackend", name, args, Packages.vault(options));
    }

    public Output<String> path() {
        return path;
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "type", required = true)
        private @Nullable Output<String> type;

        @Import(name = "path")
        private @Nullable Output<String> path;

        @Import(name = "description")
        private @Nullable Output<String> description;

        public Args type(Output<String> value) {
            this.type = value;
            return this;
        }

        public Args type(String value) {
            return type(Output.of(value));
        }

        public Args path(Output<String> value) {
            this.path = value;
            return this;
        }

        public Args path(String value) {
            return path(Output.of(value));
        }

        public Args description(Output<String> value) {
            this.description = value;
            return this;
        }

        public Args description(String value) {
            return description(Output.of(value));
        }
    }
}
