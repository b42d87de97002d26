package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files in a named Docker volume, with owner and mode (K5). {@code digest} changes when a file does, and tells nothing about its content. */
public final class VolumeFiles extends CustomResource {
    @Export(
            name = "digest",
            refs = {String.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<String> digest;

    public VolumeFiles(String name, Args args, CustomResourceOptions options) {
        super("foundation:index:VolumeFiles", name, args, Packages.foundation(options));
    }

    public Output<String> digest() {
        return digest;
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "volume", required = true)
        private @Nullable Output<String> volume;

        @Import(name = "image", required = true)
        private @Nullable Output<String> image;

        @Import(name = "files", required = true)
        private @Nullable Output<Map<String, String>> files;

        @Import(name = "uid", required = true)
        private @Nullable Output<Integer> uid;

        @Import(name = "gid", required = true)
        private @Nullable Output<Integer> gid;

        @Import(name = "mode")
        private @Nullable Output<String> mode;

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

        public Args files(Output<Map<String, String>> value) {
            this.files = value;
            return this;
        }

        public Args files(Map<String, String> value) {
            return files(Output.of(value));
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

        public Args mode(Output<String> value) {
            this.mode = value;
            return this;
        }

        public Args mode(String value) {
            return mode(Output.of(value));
        }
    }
}
