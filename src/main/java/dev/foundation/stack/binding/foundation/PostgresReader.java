package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import org.jspecify.annotations.Nullable;

/** A role that may read every database and write nothing. */
public final class PostgresReader extends CustomResource {
    public PostgresReader(String name, Args args, CustomResourceOptions options) {
        super("foundation:index:PostgresReader", name, args, Packages.foundation(options));
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "host", required = true)
        private @Nullable Output<String> host;

        @Import(name = "port", required = true)
        private @Nullable Output<Integer> port;

        @Import(name = "adminUser", required = true)
        private @Nullable Output<String> adminUser;

        @Import(name = "adminPassword", required = true)
        private @Nullable Output<String> adminPassword;

        @Import(name = "name", required = true)
        private @Nullable Output<String> name;

        @Import(name = "password", required = true)
        private @Nullable Output<String> password;

        public Args host(Output<String> value) {
            this.host = value;
            return this;
        }

        public Args host(String value) {
            return host(Output.of(value));
        }

        public Args port(Output<Integer> value) {
            this.port = value;
            return this;
        }

        public Args port(Integer value) {
            return port(Output.of(value));
        }

        public Args adminUser(Output<String> value) {
            this.adminUser = value;
            return this;
        }

        public Args adminUser(String value) {
            return adminUser(Output.of(value));
        }

        public Args adminPassword(Output<String> value) {
            this.adminPassword = value;
            return this;
        }

        public Args adminPassword(String value) {
            return adminPassword(Output.of(value));
        }

        public Args name(Output<String> value) {
            this.name = value;
            return this;
        }

        public Args name(String value) {
            return name(Output.of(value));
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
