package dev.foundation.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.Config;
import com.pulumi.Pulumi;
import com.pulumi.resources.CustomResourceOptions;
import dev.foundation.docker.DockerCli;
import dev.foundation.plugin.FoundationHandlers;
import dev.foundation.plugin.ProviderDoor;
import dev.foundation.plugin.ProviderPackage;
import dev.foundation.secret.UnsealKeys;
import dev.foundation.stack.binding.Packages;
import dev.foundation.stack.binding.foundation.VaultInit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A Pulumi program of Vault's initialisation alone, of a server that is no container, with the keys as the whole program hands them on. */
public final class VaultProgram {
    private VaultProgram() {}

    public static void main(String[] args) {
        System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "8");
        Pulumi.run(context -> {
            Config config = context.config();
            var initial = new VaultInit.Args().address("http://127.0.0.1:" + port(config.require("vault")));
            if (config.get("vaultUnsealKeys").isPresent()) {
                initial.unsealKeys(config.requireSecret("vaultUnsealKeys")
                        .applyValue(VaultProgram::current)
                        .asSecret());
            }
            var init = new VaultInit("init", initial, CustomResourceOptions.Empty);
            context.export("vaultUnsealKeys", init.unsealKeys().asSecret());
            context.export("vaultRootToken", init.rootToken().asSecret());
        });
    }

    private static int port(String json) {
        try {
            return new ObjectMapper().readTree(json).path("port").asInt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> current(String json) {
        try {
            return UnsealKeys.parse(json).current();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The provider process of it: the one that serves our own types. */
    public static final class Provider {
        private Provider() {}

        public static void main(String[] args) throws Exception {
            System.exit(ProviderDoor.run(
                    args,
                    new ProviderPackage(
                            "foundation",
                            Packages.FOUNDATION_VERSION,
                            configuration -> FoundationHandlers.all(new DockerCli(Map.of()), Path.of(".")))));
        }
    }
}
