package dev.foundation.stack.binding.command;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A command on this host, run when it is created, updated or deleted. Source: the {@code command} provider 1.2.1. */
public final class Command extends CustomResource {
    @Export(
            name = "stdout",
            refs = {String.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<String> stdout;

    @Export(
            name = "stderr",
            refs = {String.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<String> stderr;

    public Command(String name, Args args, CustomResourceOptions options) {
        super("command:local:Command", name, args, Packages.command(options));
    }

    public Output<String> stdout() {
        return stdout;
    }

    public Output<String> stderr() {
        return stderr;
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "create")
        private @Nullable Output<String> create;

        @Import(name = "update")
        private @Nullable Output<String> update;

        @Import(name = "delete")
        private @Nullable Output<String> delete;

        @Import(name = "stdin")
        private @Nullable Output<String> stdin;

        @Import(name = "environment")
        private @Nullable Output<Map<String, String>> environment;

        @Import(name = "dir")
        private @Nullable Output<String> dir;

        @Import(name = "interpreter")
        private @Nullable Output<List<String>> interpreter;

        @Import(name = "triggers")
        private @Nullable Output<List<String>> triggers;

        public Args create(Output<String> value) {
            this.create = value;
            return this;
        }

        public Args create(String value) {
            return create(Output.of(value));
        }

        public Args update(Output<String> value) {
            this.update = value;
            return this;
        }

        public Args update(String value) {
            return update(Output.of(value));
        }

        public Args delete(Output<String> value) {
            this.delete = value;
            return this;
        }

        public Args delete(String value) {
            return delete(Output.of(value));
        }

        public Args stdin(Output<String> value) {
            this.stdin = value;
            return this;
        }

        public Args stdin(String value) {
            return stdin(Output.of(value));
        }

        public Args environment(Output<Map<String, String>> value) {
            this.environment = value;
            return this;
        }

        public Args environment(Map<String, String> value) {
            return environment(Output.of(value));
        }

        public Args dir(Output<String> value) {
            this.dir = value;
            return this;
        }

        public Args dir(String value) {
            return dir(Output.of(value));
        }

        public Args interpreter(Output<List<String>> value) {
            this.interpreter = value;
            return this;
        }

        public Args interpreter(List<String> value) {
            return interpreter(Output.of(value));
        }

        public Args triggers(Output<List<String>> value) {
            this.triggers = value;
            return this;
        }

        public Args triggers(List<String> value) {
            return triggers(Output.of(value));
        }
    }
}
