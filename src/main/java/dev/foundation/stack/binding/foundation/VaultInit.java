package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Vault that is initialised and unsealed. Its keys are answered once, at initialisation, and live in the state, encrypted (K1, K6); later ones are given to
 * it.
 */
public final class VaultInit extends CustomResource {
    @Export(
            name = "unsealKeys",
            refs = {List.class, String.class},
            tree = "[0,1]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<List<String>> unsealKeys;

    @Export(
            name = "rootToken",
            refs = {String.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<String> rootToken;

    public VaultInit(String name, Args args, CustomResourceOptions options) {
        super("foundation:index:VaultInit", name, args, Packages.foundation(options));
    }

    public Output<List<String>> unsealKeys() {
        return unsealKeys;
    }

    public Output<String> rootToken() {
        return rootToken;
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "address", required = true)
        private @Nullable Output<String> address;

        @Import(name = "shares")
        private @Nullable Output<Integer> shares;

        @Import(name = "threshold")
        private @Nullable Output<Integer> threshold;

        @Import(name = "unsealKeys")
        private @Nullable Output<List<String>> unsealKeys;

        @Import(name = "restoredFrom")
        private @Nullable Output<String> restoredFrom;

        public Args address(Output<String> value) {
            this.address = value;
            return this;
        }

        public Args address(String value) {
            return address(Output.of(value));
        }

        public Args shares(Output<Integer> value) {
            this.shares = value;
            return this;
        }

        public Args shares(Integer value) {
            return shares(Output.of(value));
        }

        public Args threshold(Output<Integer> value) {
            this.threshold = value;
            return this;
        }

        public Args threshold(Integer value) {
            return threshold(Output.of(value));
        }

        public Args unsealKeys(Output<List<String>> value) {
            this.unsealKeys = value;
            return this;
        }

        public Args restoredFrom(Output<String> value) {
            this.restoredFrom = value;
            return this;
        }

        public Args restoredFrom(String value) {
            return restoredFrom(Output.of(value));
        }
    }
}
