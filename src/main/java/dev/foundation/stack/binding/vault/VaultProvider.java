package dev.foundation.stack.binding.vault;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ProviderResource;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import org.jspecify.annotations.Nullable;

/** An explicitly configured {@code vault} provider: which Vault, and with which token. */
public final class VaultProvider extends ProviderResource {
    public VaultProvider(String name, Args args, CustomResourceOptions options) {
        super("vault", name, args, Packages.vault(options));
    }

    /** @see VaultProvider */
    public static final class Args extends ResourceArgs {
        @Import(name = "address", required = true)
        private @Nullable Output<String> address;

        @Import(name = "token")
        private @Nullable Output<String> token;

        /** A root token outlives the update; a child token of it would only be one more thing to expire in the middle of one. */
        @Import(name = "skipChildToken", json = true)
        private final Output<Boolean> skipChildToken = Output.of(true);

        public Args address(String value) {
            this.address = Output.of(value);
            return this;
        }

        public Args token(Output<String> value) {
            this.token = value;
            return this;
        }
    }
}
