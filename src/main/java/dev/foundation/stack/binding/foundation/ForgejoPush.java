package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import org.jspecify.annotations.Nullable;

/** The commit of this project, pushed into its own forge; never forced. */
public final class ForgejoPush extends CustomResource {
    @Export(
            name = "commit",
            refs = {String.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<String> commit;

    public ForgejoPush(String name, Args args, CustomResourceOptions options) {
        super("foundation:index:ForgejoPush", name, args, Packages.foundation(options));
    }

    public Output<String> commit() {
        return commit;
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "url", required = true)
        private @Nullable Output<String> url;

        @Import(name = "username", required = true)
        private @Nullable Output<String> username;

        @Import(name = "password", required = true)
        private @Nullable Output<String> password;

        @Import(name = "owner", required = true)
        private @Nullable Output<String> owner;

        @Import(name = "repository", required = true)
        private @Nullable Output<String> repository;

        @Import(name = "source")
        private @Nullable Output<String> source;

        @Import(name = "branch")
        private @Nullable Output<String> branch;

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

        public Args password(Output<String> value) {
            this.password = value;
            return this;
        }

        public Args password(String value) {
            return password(Output.of(value));
        }

        public Args owner(Output<String> value) {
            this.owner = value;
            return this;
        }

        public Args owner(String value) {
            return owner(Output.of(value));
        }

        public Args repository(Output<String> value) {
            this.repository = value;
            return this;
        }

        public Args repository(String value) {
            return repository(Output.of(value));
        }

        public Args source(Output<String> value) {
            this.source = value;
            return this;
        }

        public Args source(String value) {
            return source(Output.of(value));
        }

        public Args branch(Output<String> value) {
            this.branch = value;
            return this;
        }

        public Args branch(String value) {
            return branch(Output.of(value));
        }
    }
}
