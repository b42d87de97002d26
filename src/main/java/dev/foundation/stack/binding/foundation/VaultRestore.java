package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Vault's data as of a point, in a Vault that was just started. */
public final class VaultRestore extends CustomResource {
    @Export(
            name = "point",
            refs = {String.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<String> point;

    @Export(
            name = "seconds",
            refs = {Integer.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<Integer> seconds;

    public VaultRestore(String name, Args args, CustomResourceOptions options) {
        super("foundation:index:VaultRestore", name, args, Packages.foundation(options));
    }

    public Output<String> point() {
        return point;
    }

    public Output<Integer> seconds() {
        return seconds;
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "source", required = true)
        private @Nullable Output<RestoreSource> source;

        @Import(name = "address", required = true)
        private @Nullable Output<String> address;

        @Import(name = "container", required = true)
        private @Nullable Output<String> container;

        @Import(name = "volume", required = true)
        private @Nullable Output<String> volume;

        @Import(name = "image", required = true)
        private @Nullable Output<String> image;

        @Import(name = "unsealKeys", required = true)
        private @Nullable Output<List<String>> unsealKeys;

        public Args source(Output<RestoreSource> value) {
            this.source = value;
            return this;
        }

        public Args source(RestoreSource value) {
            return source(Output.of(value));
        }

        public Args address(Output<String> value) {
            this.address = value;
            return this;
        }

        public Args address(String value) {
            return address(Output.of(value));
        }

        public Args container(Output<String> value) {
            this.container = value;
            return this;
        }

        public Args container(String value) {
            return container(Output.of(value));
        }

        public Args volume(Output<String> value) {
            this.volume = value;
            return this;
        }

        public Args volume(String value) {
            return volume(Output.of(value));
        }

        public Args image(Output<String> value) {
            this.image = value;
            return this;
        }

        public Args image(String value) {
            return image(Output.of(value));
        }

        public Args unsealKeys(Output<List<String>> value) {
            this.unsealKeys = value;
            return this;
        }

        public Args unsealKeys(List<String> value) {
            return unsealKeys(Output.of(value));
        }
    }
}
