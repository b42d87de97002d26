package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.ResourceArgs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The staged point that a restore step restores from. */
public final class RestoreSource extends ResourceArgs {
    @Import(name = "instanceId", required = true)
    private @Nullable Output<String> instanceId;

    @Import(name = "sealPublicKeys", required = true)
    private @Nullable Output<List<String>> sealPublicKeys;

    @Import(name = "point", required = true)
    private @Nullable Output<String> point;

    @Import(name = "stage", required = true)
    private @Nullable Output<String> stage;

    @Import(name = "identity", required = true)
    private @Nullable Output<String> identity;

    public RestoreSource instanceId(String value) {
        this.instanceId = Output.of(value);
        return this;
    }

    public RestoreSource sealPublicKeys(List<String> value) {
        this.sealPublicKeys = Output.of(value);
        return this;
    }

    public RestoreSource point(String value) {
        this.point = Output.of(value);
        return this;
    }

    public RestoreSource stage(String value) {
        this.stage = Output.of(value);
        return this;
    }

    /** A secret. */
    public RestoreSource identity(Output<String> value) {
        this.identity = value.asSecret();
        return this;
    }
}
