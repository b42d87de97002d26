package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import org.jspecify.annotations.Nullable;

/** How many recovery points are kept. */
public final class BackupRetention extends CustomResource {
    @Export(
            name = "summary",
            refs = {String.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<String> summary;

    public BackupRetention(String name, Args args, CustomResourceOptions options) {
        super("foundation:index:BackupRetention", name, args, Packages.foundation(options));
    }

    public Output<String> summary() {
        return summary;
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "daily", required = true)
        private @Nullable Output<Integer> daily;

        @Import(name = "weekly", required = true)
        private @Nullable Output<Integer> weekly;

        @Import(name = "monthly", required = true)
        private @Nullable Output<Integer> monthly;

        @Import(name = "yearly", required = true)
        private @Nullable Output<Integer> yearly;

        public Args daily(Output<Integer> value) {
            this.daily = value;
            return this;
        }

        public Args daily(Integer value) {
            return daily(Output.of(value));
        }

        public Args weekly(Output<Integer> value) {
            this.weekly = value;
            return this;
        }

        public Args weekly(Integer value) {
            return weekly(Output.of(value));
        }

        public Args monthly(Output<Integer> value) {
            this.monthly = value;
            return this;
        }

        public Args monthly(Integer value) {
            return monthly(Output.of(value));
        }

        public Args yearly(Output<Integer> value) {
            this.yearly = value;
            return this;
        }

        public Args yearly(Integer value) {
            return yearly(Output.of(value));
        }
    }
}
