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

/** The objects as of a point, in buckets that were just made. */
public final class BucketsRestore extends CustomResource {
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

    public BucketsRestore(String name, Args args, CustomResourceOptions options) {
        super("foundation:index:BucketsRestore", name, args, Packages.foundation(options));
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

        @Import(name = "endpoint", required = true)
        private @Nullable Output<String> endpoint;

        @Import(name = "accessKey", required = true)
        private @Nullable Output<String> accessKey;

        @Import(name = "secretKey", required = true)
        private @Nullable Output<String> secretKey;

        @Import(name = "buckets", required = true)
        private @Nullable Output<List<String>> buckets;

        @Import(name = "blobs", required = true)
        private @Nullable Output<BlobOrigin> blobs;

        public Args source(Output<RestoreSource> value) {
            this.source = value;
            return this;
        }

        public Args source(RestoreSource value) {
            return source(Output.of(value));
        }

        public Args endpoint(Output<String> value) {
            this.endpoint = value;
            return this;
        }

        public Args endpoint(String value) {
            return endpoint(Output.of(value));
        }

        public Args accessKey(Output<String> value) {
            this.accessKey = value;
            return this;
        }

        public Args accessKey(String value) {
            return accessKey(Output.of(value));
        }

        public Args secretKey(Output<String> value) {
            this.secretKey = value;
            return this;
        }

        public Args secretKey(String value) {
            return secretKey(Output.of(value));
        }

        public Args buckets(Output<List<String>> value) {
            this.buckets = value;
            return this;
        }

        public Args buckets(List<String> value) {
            return buckets(Output.of(value));
        }

        public Args blobs(Output<BlobOrigin> value) {
            this.blobs = value;
            return this;
        }

        public Args blobs(BlobOrigin value) {
            return blobs(Output.of(value));
        }
    }
}
