package dev.foundation.stack.binding.vault;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import org.jspecify.annotations.Nullable;

/** A secret id of an AppRole. Source: the {@code vault} provider 7.9.0. */
public final class AuthBackendRoleSecretId extends CustomResource {
    @Export(
            name = "secretId",
            refs = {String.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<String> secretId;

    @Export(
            name = "accessor",
            refs = {String.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<String> accessor;

    public AuthBackendRoleSecretId(String name, Args args, CustomResourceOptions options) {
        super("vault:appRole/authBackendRoleSecretId:AuthBackendRoleSecretId", name, args, Packages.vault(options));
    }

    public Output<String> secretId() {
        return secretId;
    }

    public Output<String> accessor() {
        return accessor;
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "backend")
        private @Nullable Output<String> backend;

        @Import(name = "roleName", required = true)
        private @Nullable Output<String> roleName;

        @Import(name = "metadata")
        private @Nullable Output<String> metadata;

        public Args backend(Output<String> value) {
            this.backend = value;
            return this;
        }

        public Args backend(String value) {
            return backend(Output.of(value));
        }

        public Args roleName(Output<String> value) {
            this.roleName = value;
            return this;
        }

        public Args roleName(String value) {
            return roleName(Output.of(value));
        }

        public Args metadata(Output<String> value) {
            this.metadata = value;
            return this;
        }

        public Args metadata(String value) {
            return metadata(Output.of(value));
        }
    }
}
