package dev.foundation.stack.binding.vault;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A secret in a KV version 2 mount; {@code dataJson} is one JSON object. Source: the {@code vault} provider 7.9.0. */
public final class SecretV2 extends CustomResource {
    @Export(
            name = "data",
            refs = {Map.class, String.class},
            tree = "[0,1,1]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<Map<String, String>> data;

    @Export(
            name = "name",
            refs = {String.class},
            tree = "[0]")
    @SuppressWarnings("NullAway.Init") // the SDK sets it
    private Output<String> name;

    public SecretV2(String name, Args args, CustomResourceOptions options) {
        super("vault:kv/secretV2:SecretV2", name, args, Packages.vault(options));
    }

    public Output<Map<String, String>> data() {
        return data;
    }

    public Output<String> name() {
        return name;
    }

    /** What the resource is to be. Each setter answers the same object. */
    public static final class Args extends ResourceArgs {
        @Import(name = "mount", required = true)
        private @Nullable Output<String> mount;

        @Import(name = "name")
        private @Nullable Output<String> name;

        @Import(name = "dataJson")
        private @Nullable Output<String> dataJson;

        @Import(name = "deleteAllVersions")
        private @Nullable Output<Boolean> deleteAllVersions;

        public Args mount(Output<String> value) {
            this.mount = value;
            return this;
        }

        public Args mount(String value) {
            return mount(Output.of(value));
        }

        public Args name(Output<String> value) {
            this.name = value;
            return this;
        }

        public Args name(String value) {
            return name(Output.of(value));
        }

        public Args dataJson(Output<String> value) {
            this.dataJson = value;
            return this;
        }

        public Args dataJson(String value) {
            return dataJson(Output.of(value));
        }

        public Args deleteAllVersions(Output<Boolean> value) {
            this.deleteAllVersions = value;
            return this;
        }

        public Args deleteAllVersions(Boolean value) {
            return deleteAllVersions(Output.of(value));
        }
    }
}
