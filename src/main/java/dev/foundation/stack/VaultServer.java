package dev.foundation.stack;

import com.pulumi.core.Output;
import com.pulumi.docker.Container;
import com.pulumi.docker.Network;
import com.pulumi.docker.Volume;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.Memory;
import dev.foundation.spec.ServiceName;
import dev.foundation.stack.Scope.Image;
import dev.foundation.stack.Scope.Owner;
import dev.foundation.stack.binding.foundation.VaultInit;
import dev.foundation.stack.binding.foundation.VolumeFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Vault on integrated storage, initialised, unsealed, and unsealed again after each restart by a container of its own (K6). What that
 * unsealer costs is said in docs/security.md.
 */
final class VaultServer extends ComponentResource {
    /** The user of the makers' image, whichever image it is. */
    private static final Owner OWNER = new Owner(100, 1000);

    private static final int PORT = 8200;
    static final String AUDIT_FOLDER = "/vault/logs";

    private final String address;
    private final VaultInit init;

    VaultServer(
            FoundationSpec spec,
            Network network,
            Images images,
            StackSecrets secrets,
            Recovery recovery,
            ComponentResourceOptions options) {
        super("foundation:stack:Vault", spec.instance().named(ServiceName.VAULT.container()), options);
        Scope scope = new Scope(spec, ServiceName.VAULT, this, network);
        address = "http://" + reachable(spec.bindAddress()) + ":" + spec.vault().port();

        Image image = scope.image(spec.vault().image().orElseGet(() -> images.of(ServiceName.VAULT)));
        Volume configuration = scope.filesVolume("config");
        VolumeFiles configurationFiles = scope.files(
                "config", configuration, image, OWNER, Output.of(Map.of("vault.json", configuration(scope.name()))));
        Volume data = scope.dataVolume("data");
        Volume audit = scope.dataVolume("audit");

        List<Resource> serving = new ArrayList<>();
        if (spec.running()) {
            Container container = scope.container(image, spec.vault().memory())
                    .user(OWNER)
                    .entrypoint("vault")
                    .command("server", "-config=/vault/config")
                    .mount(data, "/vault/file")
                    .mount(audit, AUDIT_FOLDER)
                    .mountReadOnly(configuration, "/vault/config")
                    .scratch("/tmp")
                    .port(PORT, spec.vault().port())
                    .healthy(fetch(
                            "http://127.0.0.1:" + PORT + "/v1/sys/health?standbyok=true&uninitcode=200&sealedcode=200"))
                    .grace("SIGTERM", 30)
                    .restartOn("config", configurationFiles.digest())
                    .build();
            serving.add(container);
        }
        serving.addAll(recovery.vault(scope, address, data, image, serving));
        VaultInit.Args initial = new VaultInit.Args()
                .address(address)
                .shares(spec.vault().shares())
                .threshold(spec.vault().threshold());
        secrets.unsealKeys().ifPresent(initial::unsealKeys);
        recovery.point().ifPresent(initial::restoredFrom);
        init = new VaultInit(
                scope.name("init"),
                initial,
                scope.options(serving).protect(true).build());
        unsealer(scope, image);
        registerOutputs(Map.of("address", Output.of(address)));
    }

    /** A threshold of the keys in files that only root can read, and a loop that offers them when Vault says that it is sealed. */
    private void unsealer(Scope scope, Image image) {
        FoundationSpec spec = scope.spec();
        Volume keys = scope.filesVolume("unseal-keys");
        VolumeFiles files = scope.files(
                "unseal-keys",
                keys,
                image,
                Owner.ROOT,
                init.unsealKeys()
                        .applyValue(all ->
                                numbered(all.subList(0, Math.min(spec.vault().threshold(), all.size())))));
        if (!spec.running()) {
            return;
        }
        String vault = "http://vault:" + PORT;
        String script = "while :; do if " + fetch(vault + "/v1/sys/seal-status", "-")
                + " | grep -q '\"initialized\":true.*\"sealed\":true'; then"
                + " for key in /run/unseal/key-*; do vault write sys/unseal key=@\"$key\" >/dev/null && echo \"offered ${key##*/}\"; done; fi;"
                + " sleep 3; done";
        new ServiceContainer(scope, "unsealer", "unsealer", image, new Memory(128))
                .user(Owner.ROOT)
                .entrypoint("/bin/sh", "-c")
                .command(script)
                .env("VAULT_ADDR", vault)
                .env("HOME", "/tmp")
                .mountReadOnly(keys, "/run/unseal")
                .scratch("/tmp")
                .healthy(fetch(vault + "/v1/sys/health?standbyok=true"))
                .grace("SIGKILL", 1)
                .restartOn("keys", files.digest())
                .after(init)
                .build();
    }

    private static Map<String, String> numbered(List<String> keys) {
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            files.put("key-" + (i + 1), keys.get(i));
        }
        return files;
    }

    /** Memory is not locked: Vault's makers advise so for integrated storage, and it spares the container its one capability. */
    private static String configuration(String node) {
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put(
                "storage",
                Map.of(
                        "raft",
                        // One node elects itself: without this it waits some seconds for others, at each start.
                        new TreeMap<>(Map.of("node_id", node, "path", "/vault/file", "performance_multiplier", "1"))));
        configuration.put(
                "listener", Map.of("tcp", new TreeMap<>(Map.of("address", "0.0.0.0:" + PORT, "tls_disable", "true"))));
        configuration.put("api_addr", "http://vault:" + PORT);
        configuration.put("cluster_addr", "http://vault:8201");
        configuration.put("disable_mlock", true);
        configuration.put("ui", true);
        return Json.text(configuration);
    }

    /** Images have wget or curl, by their base. */
    static String fetch(String url) {
        return fetch(url, "/dev/null");
    }

    private static String fetch(String url, String to) {
        return "{ wget -q -O " + to + " '" + url + "' 2>/dev/null || curl -fsS -o " + to + " '" + url
                + "' 2>/dev/null; }";
    }

    /** A port bound to all addresses is reached on loopback. */
    static String reachable(String bindAddress) {
        return bindAddress.equals("0.0.0.0") || bindAddress.equals("::") ? "127.0.0.1" : bindAddress;
    }

    String address() {
        return address;
    }

    VaultInit init() {
        return init;
    }

    /** Known only when the initialisation is, so whatever needs the token waits for an open Vault. */
    Output<String> rootToken() {
        return init.rootToken();
    }
}
