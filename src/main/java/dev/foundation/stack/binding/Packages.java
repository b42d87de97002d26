package dev.foundation.stack.binding;

import com.pulumi.resources.CustomResourceOptions;

/** The provider packages that these bindings speak to, each pinned, so that the engine loads exactly that plugin. */
public final class Packages {
    /** Equal to {@code pulumi-resource-vault} in VERSIONS; a test compares them. */
    public static final String VAULT_VERSION = "7.9.0";

    /** Equal to {@code pulumi-resource-command} in VERSIONS; a test compares them. */
    public static final String COMMAND_VERSION = "1.2.1";

    /** Equal to {@code pulumi-resource-aws} in VERSIONS; a test compares them. */
    public static final String AWS_VERSION = "6.83.0";

    /** The version of our own provider, which comes with the program. */
    public static final String FOUNDATION_VERSION = "0.1.0";

    private Packages() {}

    public static CustomResourceOptions vault(CustomResourceOptions options) {
        return pinned(options, VAULT_VERSION);
    }

    public static CustomResourceOptions command(CustomResourceOptions options) {
        return pinned(options, COMMAND_VERSION);
    }

    public static CustomResourceOptions aws(CustomResourceOptions options) {
        return pinned(options, AWS_VERSION);
    }

    public static CustomResourceOptions foundation(CustomResourceOptions options) {
        return pinned(options, FOUNDATION_VERSION);
    }

    private static CustomResourceOptions pinned(CustomResourceOptions options, String version) {
        return CustomResourceOptions.merge(
                options, CustomResourceOptions.builder().version(version).build());
    }
}
