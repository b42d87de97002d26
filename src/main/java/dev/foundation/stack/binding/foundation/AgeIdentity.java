package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import org.jspecify.annotations.Nullable;

/** An age X25519 identity: the one given, or a new one. */
public final class AgeIdentity extends CustomResource {
    @Export(
            name = "recipient",
            refs = {String.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<String> recipient;

    @Export(
            name = "identity",
            refs = {String.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<String> identity;

    public AgeIdentity(String name, Args args, CustomResourceOptions options) {
        super("foundation:index:AgeIdentity", name, args, Packages.foundation(options));
    }

    public Output<String> recipient() {
        return recipient;
    }

    public Output<String> identity() {
        return identity;
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "identity")
        private @Nullable Output<String> identity;

        public Args identity(Output<String> value) {
            this.identity = value;
            return this;
        }

        public Args identity(String value) {
            return identity(Output.of(value));
        }
    }
}
