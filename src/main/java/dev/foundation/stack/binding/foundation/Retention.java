package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.ResourceArgs;
import org.jspecify.annotations.Nullable;

/** How many points of each kind the job keeps. */
public final class Retention extends ResourceArgs {
    @Import(name = "daily", required = true)
    private @Nullable Output<Integer> daily;

    @Import(name = "weekly", required = true)
    private @Nullable Output<Integer> weekly;

    @Import(name = "monthly", required = true)
    private @Nullable Output<Integer> monthly;

    @Import(name = "yearly", required = true)
    private @Nullable Output<Integer> yearly;

    public Retention daily(Integer value) {
        this.daily = Output.of(value);
        return this;
    }

    public Retention weekly(Integer value) {
        this.weekly = Output.of(value);
        return this;
    }

    public Retention monthly(Integer value) {
        this.monthly = Output.of(value);
        return this;
    }

    public Retention yearly(Integer value) {
        this.yearly = Output.of(value);
        return this;
    }
}
