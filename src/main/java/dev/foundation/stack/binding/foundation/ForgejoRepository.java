package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import org.jspecify.annotations.Nullable;

/** A private repository of an organisation. */
public final class ForgejoRepository extends CustomResource {
    public ForgejoRepository(String name, Args args, CustomResourceOptions options) {
        super("foundation:index:ForgejoRepository", name, args, Packages.foundation(options));
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

        @Import(name = "name", required = true)
        private @Nullable Output<String> name;

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

        public Args name(Output<String> value) {
            this.name = value;
            return this;
        }

        public Args name(String value) {
            return name(Output.of(value));
        }
    }
}
