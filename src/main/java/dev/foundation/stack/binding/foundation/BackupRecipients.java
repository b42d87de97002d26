package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom recovery points are sealed to. */
public final class BackupRecipients extends CustomResource {
    public BackupRecipients(String name, Args args, CustomResourceOptions options) {
        super("foundation:index:BackupRecipients", name, args, Packages.foundation(options));
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "recipients", required = true)
        private @Nullable Output<List<String>> recipients;

        public Args recipients(Output<List<String>> value) {
            this.recipients = value;
            return this;
        }

        public Args recipients(List<String> value) {
            return recipients(Output.of(value));
        }
    }
}
