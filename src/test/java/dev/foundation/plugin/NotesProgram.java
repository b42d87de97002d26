package dev.foundation.plugin;

import com.pulumi.Config;
import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Pulumi program of {@link PulumiCliIT}: two notes, of which the second says how long the first is. Run by Pulumi's java host. */
public final class NotesProgram {
    private NotesProgram() {}

    public static void main(String[] args) {
        System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "8");
        Pulumi.run(context -> {
            Config config = context.config();
            var first = new Note(
                    "first",
                    Output.of(config.require("name")),
                    Output.of(config.require("text")),
                    config.getSecret("password"));
            var second = new Note(
                    "second",
                    Output.of("second"),
                    first.length.applyValue(length -> "the first has " + length),
                    Output.of(Optional.empty()));
            context.export("token", first.token);
            context.export("second", second.text);
        });
    }

    /** The SDK sets the outputs, by reflection, in the super constructor. */
    @SuppressWarnings("NullAway.Init")
    static final class Note extends CustomResource {
        @Export(name = "length", refs = Integer.class, tree = "[0]")
        private Output<Integer> length;

        @Export(name = "token", refs = String.class, tree = "[0]")
        private Output<String> token;

        @Export(name = "text", refs = String.class, tree = "[0]")
        private Output<String> text;

        Note(String name, Output<String> noteName, Output<String> text, Output<Optional<String>> password) {
            super("toy:index:Note", name, new Args(noteName, text, password), CustomResourceOptions.Empty);
        }
    }

    /** The SDK reads the fields, by reflection. */
    @SuppressWarnings("UnusedVariable")
    static final class Args extends ResourceArgs {
        @Import(name = "name")
        private final Output<String> name;

        @Import(name = "text")
        private final Output<String> text;

        @Import(name = "password")
        private final Output<@Nullable String> password;

        Args(Output<String> name, Output<String> text, Output<Optional<String>> password) {
            this.name = name;
            this.text = text;
            this.password = password.applyValue(value -> value.orElse(null));
        }
    }
}
