package dev.foundation.stack.binding.vault;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An AppRole; times are in seconds. Source: the {@code vault} provider 7.9.0. */
public final class AuthBackendRole extends CustomResource {
    @Export(
            name = "roleId",
            refs = {String.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<String> roleId;

    @Export(
            name = "roleName",
            refs = {String.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<String> roleName;

    public AuthBackendRole(String name, Args args, CustomResourceOptions options) {
        super("vault:appRole/authBackendRole:AuthBackendRole", name, args, Packages.vault(options));
    }

    public Output<String> roleId() {
        return roleId;
    }

    public Output<String> roleName() {
        return roleName;
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "backend")
        private @Nullable Output<String> backend;

        @Import(name = "roleName", required = true)
        private @Nullable Output<String> roleName;

        @Import(name = "tokenPolicies")
        private @Nullable Output<List<String>> tokenPolicies;

        @Import(name = "tokenTtl")
        private @Nullable Output<Integer> tokenTtl;

        @Import(name = "tokenMaxTtl")
        private @Nullable Output<Integer> tokenMaxTtl;

        @Import(name = "secretIdTtl")
        private @Nullable Output<Integer> secretIdTtl;

        @Import(name = "secretIdNumUses")
        private @Nullable Output<Integer> secretIdNumUses;

        @Import(name = "bindSecretId")
        private @Nullable Output<Boolean> bindSecretId;

        @Import(name = "tokenNoDefaultPolicy")
        private @Nullable Output<Boolean> tokenNoDefaultPolicy;

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

        public Args tokenPolicies(Output<List<String>> value) {
            this.tokenPolicies = value;
            return this;
        }

        public Args tokenPolicies(List<String> value) {
            return tokenPolicies(Output.of(value));
        }

        public Args tokenTtl(Output<Integer> value) {
            this.tokenTtl = value;
            return this;
        }

        public Args tokenTtl(Integer value) {
            return tokenTtl(Output.of(value));
        }

        public Args tokenMaxTtl(Output<Integer> value) {
            this.tokenMaxTtl = value;
            return this;
        }

        public Args tokenMaxTtl(Integer value) {
            return tokenMaxTtl(Output.of(value));
        }

        public Args secretIdTtl(Output<Integer> value) {
            this.secretIdTtl = value;
            return this;
        }

        public Args secretIdTtl(Integer value) {
            return secretIdTtl(Output.of(value));
        }

        public Args secretIdNumUses(Output<Integer> value) {
            this.secretIdNumUses = value;
            return this;
        }

        public Args secretIdNumUses(Integer value) {
            return secretIdNumUses(Output.of(value));
        }

        public Args bindSecretId(Output<Boolean> value) {
            this.bindSecretId = value;
            return this;
        }

        public Args bindSecretId(Boolean value) {
            return bindSecretId(Output.of(value));
        }

        public Args tokenNoDefaultPolicy(Output<Boolean> value) {
            this.tokenNoDefaultPolicy = value;
            return this;
        }

        public Args tokenNoDefaultPolicy(Boolean value) {
            return tokenNoDefaultPolicy(Output.of(value));
        }
    }
}
