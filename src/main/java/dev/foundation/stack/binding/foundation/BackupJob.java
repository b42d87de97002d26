package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import org.jspecify.annotations.Nullable;

/** What the backup agent does, and what it last did. */
public final class BackupJob extends CustomResource {
    @Export(
            name = "lastRun",
            refs = {String.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<String> lastRun;

    @Export(
            name = "lastResult",
            refs = {String.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<String> lastResult;

    @Export(
            name = "newestPoint",
            refs = {String.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<String> newestPoint;

    public BackupJob(String name, Args args, CustomResourceOptions options) {
        super("foundation:index:BackupJob", name, args, Packages.foundation(options));
    }

    public Output<String> lastRun() {
        return lastRun;
    }

    public Output<String> lastResult() {
        return lastResult;
    }

    public Output<String> newestPoint() {
        return newestPoint;
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "volume", required = true)
        private @Nullable Output<String> volume;

        @Import(name = "statusVolume", required = true)
        private @Nullable Output<String> statusVolume;

        @Import(name = "image", required = true)
        private @Nullable Output<String> image;

        @Import(name = "job", required = true)
        private @Nullable Output<BackupPlan> job;

        public Args volume(Output<String> value) {
            this.volume = value;
            return this;
        }

        public Args volume(String value) {
            return volume(Output.of(value));
        }

        public Args statusVolume(Output<String> value) {
            this.statusVolume = value;
            return this;
        }

        public Args statusVolume(String value) {
            return statusVolume(Output.of(value));
        }

        public Args image(Output<String> value) {
            this.image = value;
            return this;
        }

        public Args image(String value) {
            return image(Output.of(value));
        }

        public Args job(Output<BackupPlan> value) {
            this.job = value;
            return this;
        }

        public Args job(BackupPlan value) {
            return job(Output.of(value));
        }
    }
}
