package dev.foundation.cli;

import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import java.util.List;

/** A Pulumi program that declares nothing and gives what the launcher wants to keep: for tests of the launcher. */
public final class TinyProgram {
    private TinyProgram() {}

    public static void main(String[] args) {
        System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "8");
        Pulumi.run(context ->
                context.export("vaultUnsealKeys", Output.ofSecret(List.of("key-one", "key-two", "key-three"))));
    }
}
