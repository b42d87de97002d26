package dev.foundation.stack;

import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import java.util.Map;

/** The program with a fixed spec, for a JVM of its own: the argument names one of {@link Specs}. */
final class StackFixture {
    private StackFixture() {}

    static final String IDENTITY = "AGE-SECRET-KEY-TEST";

    public static void main(String[] arguments) {
        System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "8");
        var spec = switch (arguments[0]) {
            case "everything" -> Specs.everything();
            case "down" -> Specs.down();
            case "recovered" -> Specs.recovered(true);
            case "recovered-down" -> Specs.recovered(false);
            case "scratch" -> Specs.scratch();
            case "aws" -> Specs.withAws();
            default -> throw new IllegalArgumentException(arguments[0]);
        };
        Pulumi.run(context -> FoundationStack.declare(
                context,
                spec,
                Specs.IMAGES,
                Specs.HOST,
                new StackSecrets(Map.of(
                        StackSecrets.BACKUP_AGE_IDENTITY, Output.ofSecret(IDENTITY),
                        StackSecrets.SEAL_SIGNING_KEY, Output.ofSecret("seal-signing-key-text"),
                        StackSecrets.BLOB_NAME_KEY, Output.ofSecret("blob-name-key-text"),
                        StackSecrets.VAULT_UNSEAL_KEYS,
                                Output.ofSecret("{\"1\":[\"unseal-key-older\"],\"2\":[\"unseal-key-0\"]}"),
                        StackSecrets.OFFSITE_WRITER_ACCESS_KEY, Output.ofSecret("writer-access-key-text"),
                        StackSecrets.OFFSITE_WRITER_SECRET_KEY, Output.ofSecret("writer-secret-key-text"),
                        StackSecrets.OFFSITE_READER_ACCESS_KEY, Output.ofSecret("reader-access-key-text"),
                        StackSecrets.OFFSITE_READER_SECRET_KEY, Output.ofSecret("reader-secret-key-text")))));
    }
}
