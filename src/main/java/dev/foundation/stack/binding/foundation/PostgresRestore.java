package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import org.jspecify.annotations.Nullable;

/** Roles and databases as of a point, in a cluster that was just made. */
public final class PostgresRestore extends CustomResource {
    @Export(
            name = "point",
            refs = {String.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<String> point;

    @Export(
            name = "databases",
            refs = {Integer.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<Integer> databases;

    @Export(
            name = "seconds",
            refs = {Integer.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<Integer> seconds;

    public PostgresRestore(String name, Args args, CustomResourceOptions options) {
        super("foundation:index:PostgresRestore", name, args, Packages.foundation(options));
    }

    public Output<String> point() {
        return point;
    }

    public Output<Integer> databases() {
        return databases;
    }

    public Output<Integer> seconds() {
        return seconds;
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "source", required = true)
        private @Nullable Output<RestoreSource> source;

        @Import(name = "container", required = true)
        private @Nullable Output<String> container;

        @Import(name = "user", required = true)
        private @Nullable Output<String> user;

        public Args source(Output<RestoreSource> value) {
            this.source = value;
            return this;
        }

        public Args source(RestoreSource value) {
            return source(Output.of(value));
        }

        public Args container(Output<String> value) {
            this.container = value;
            return this;
        }

        public Args container(String value) {
            return container(Output.of(value));
        }

        public Args user(Output<String> value) {
            this.user = value;
            return this;
        }

        public Args user(String value) {
            return user(Output.of(value));
        }
    }
}
