package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import org.jspecify.annotations.Nullable;

/** Forgejo's files as of a point, in a volume that was just made. */
public final class ForgejoRestore extends CustomResource {
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

    public ForgejoRestore(String name, Args args, CustomResourceOptions options) {
        super("foundation:index:ForgejoRestore", name, args, Packages.foundation(options));
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

        @Import(name = "volume", required = true)
        private @Nullable Output<String> volume;

        @Import(name = "image", required = true)
        private @Nullable Output<String> image;

        @Import(name = "uid", required = true)
        private @Nullable Output<Integer> uid;

        @Import(name = "gid", required = true)
        private @Nullable Output<Integer> gid;

        public Args source(Output<RestoreSource> value) {
            this.source = value;
            return this;
        }

        public Args source(RestoreSource value) {
            return source(Output.of(value));
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

        public Args uid(Output<Integer> value) {
            this.uid = value;
            return this;
        }

        public Args uid(Integer value) {
            return uid(Output.of(value));
        }

        public Args gid(Output<Integer> value) {
            this.gid = value;
            return this;
        }

        public Args gid(Integer value) {
            return gid(Output.of(value));
        }
    }
}
