package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import org.jspecify.annotations.Nullable;

/** A generated secret that never changes by itself; {@code length} counts characters, or bytes before encoding for hex and base64. */
public final class RandomSecret extends CustomResource {
    @Export(
            name = "value",
            refs = {String.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<String> value;

    public RandomSecret(String name, Args args, CustomResourceOptions options) {
        super("foundation:index:RandomSecret", name, args, Packages.foundation(options));
    }

    public Output<String> value() {
        return value;
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "kind", required = true)
        private @Nullable Output<String> kind;

        @Import(name = "length", required = true)
        private @Nullable Output<Integer> length;

        public Args kind(Output<String> value) {
            this.kind = value;
            return this;
        }

        public Args kind(String value) {
            return kind(Output.of(value));
        }

        public Args length(Output<Integer> value) {
            this.length = value;
            return this;
        }

        public Args length(Integer value) {
            return length(Output.of(value));
        }
    }
}
