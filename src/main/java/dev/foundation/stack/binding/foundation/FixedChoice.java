package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import org.jspecify.annotations.Nullable;

/** A choice that data lies under; a change of its value is refused. */
public final class FixedChoice extends CustomResource {
    public FixedChoice(String name, Args args, CustomResourceOptions options) {
        super("foundation:index:FixedChoice", name, args, Packages.foundation(options));
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "key", required = true)
        private @Nullable Output<String> key;

        @Import(name = "choice", required = true)
        private @Nullable Output<String> choice;

        public Args key(String text) {
            this.key = Output.of(text);
            return this;
        }

        public Args choice(String text) {
            this.choice = Output.of(text);
            return this;
        }
    }
}
