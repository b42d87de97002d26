package dev.foundation;

/** The one place that wires things; it opens one of three doors: the Pulumi program, the resource provider, the command line. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // Before anything touches the common pool: the Pulumi SDK's wait loop starves it where it has one thread
        // (two-core machines).
        System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "8");
    }
}
