package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.ResourceArgs;
import org.jspecify.annotations.Nullable;

/** Where points go. */
public final class Destination extends ResourceArgs {
    @Import(name = "name", required = true)
    private @Nullable Output<String> name;

    @Import(name = "kind", required = true)
    private @Nullable Output<String> kind;

    @Import(name = "place", required = true)
    private @Nullable Output<String> place;

    @Import(name = "bucket", required = true)
    private @Nullable Output<String> bucket;

    @Import(name = "region", required = true)
    private @Nullable Output<String> region;

    @Import(name = "pathStyle", required = true)
    private @Nullable Output<Boolean> pathStyle;

    public Destination name(String value) {
        this.name = Output.of(value);
        return this;
    }

    public Destination kind(String value) {
        this.kind = Output.of(value);
        return this;
    }

    public Destination place(String value) {
        this.place = Output.of(value);
        return this;
    }

    public Destination bucket(String value) {
        this.bucket = Output.of(value);
        return this;
    }

    public Destination region(String value) {
        this.region = Output.of(value);
        return this;
    }

    public Destination pathStyle(Boolean value) {
        this.pathStyle = Output.of(value);
        return this;
    }
}
