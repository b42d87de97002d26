package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.ResourceArgs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a user may do in one bucket: any of {@code read}, {@code list}, {@code write}, {@code delete}. */
public final class BucketGrant extends ResourceArgs {
    @Import(name = "bucket", required = true)
    private final @Nullable Output<String> bucket;

    @Import(name = "actions", required = true)
    private final @Nullable Output<List<String>> actions;

    public BucketGrant(Output<String> bucket, List<String> actions) {
        this.bucket = bucket;
        this.actions = Output.of(actions);
    }
}
