package dev.foundation.artifact.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.artifact.PlainSource;
import dev.foundation.testing.VaultServer;
import dev.foundation.vault.InitialKeys;
import dev.foundation.vault.VaultClient;
import dev.foundation.vault.VaultHealth.State;
import dev.foundation.vault.Waiting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over a real Vault that services are logged in to. */
@Timeout(180)
final class VaultSwapIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private VaultServer server;
    private VaultClient vault;
    private VaultClient root;
    private VaultSwap swap;
    private InitialKeys keys;
    private byte[] snapshot = {};
    private ObjectNode facts;
    private String service = "";
    private Map<String, String> login = Map.of();

    @BeforeEach
    void takeAPointAndGoOn() throws Exception {
        server = VaultServer.start(folder);
        vault = new VaultClient(server.address(), () -> "");
        var waiting = new Waiting(vault.seal(), server.address().toString(), PATIENCE, text -> {});
        waiting.forAnswer();
        keys = vault.seal().initialise(5, 3);
        vault.seal().unseal(keys.unsealKeys());
        waiting.forActive();
        root = vault.withToken(keys::rootToken);
        root.system().enableMount("kept", Map.of("type", "kv"));
        root.system().enableAuthMethod("approle", Map.of("type", "approle"));
        root.system().writePolicy("reads", "path \"kept/*\" { capabilities = [\"read\"] }");
        root.appRole("approle").writeRole("agent", Map.of("token_policies", List.of("reads")));
        login = Map.of(
                root.appRole("approle").roleId("agent").orElseThrow(),
                root.appRole("approle").issue("agent", Map.of()).secretId());
        service = loggedIn();
        root.write("kept/a", Map.of("value", "of the point"));
        try (var artifact = new VaultSnapshot(root)) {
            snapshot = artifact.content().readAllBytes();
            facts = artifact.facts();
        }
        root.write("kept/a", Map.of("value", "since"));
        root.appRole("approle").issue("agent", Map.of());
        swap = new VaultSwap(vault, server::restart, PATIENCE, event -> {});
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private String loggedIn() throws Exception {
        var each = login.entrySet().iterator().next();
        return vault.appRole("approle").login(each.getKey(), each.getValue());
    }

    private PlainSource whole() {
        return () -> new ByteArrayInputStream(snapshot);
    }

    private String value(String token) throws Exception {
        return vault.withToken(() -> token)
                .read("kept/a")
                .orElseThrow()
                .at("/data/value")
                .asText();
    }

    @Test
    void theSecretsAreAsOfThePointTokensGoOnAndTheUndoBringsTheLaterOnesBack() throws Exception {
        byte[] kept;
        try (var artifact = new VaultSnapshot(root)) {
            kept = artifact.content().readAllBytes();
        }
        assertThat(swap.logins(keys.rootToken())).hasSize(2);
        assertThat(swap.prove(whole(), facts)).isEqualTo(snapshot.length);
        swap.take(whole(), "the point", keys.unsealKeys());

        assertThat(vault.seal().health().state()).isEqualTo(State.ACTIVE);
        assertThat(value(keys.rootToken())).isEqualTo("of the point");
        assertThat(value(service)).isEqualTo("of the point");
        assertThat(value(loggedIn())).isEqualTo("of the point");
        assertThat(swap.logins(keys.rootToken())).hasSize(1);

        swap.take(() -> new ByteArrayInputStream(kept), "what was kept", keys.unsealKeys());
        assertThat(value(service)).isEqualTo("since");
        assertThat(swap.logins(keys.rootToken())).hasSize(2);
    }

    @Test
    void whateverIsDamagedOrNewerLeavesItAsItWas() throws Exception {
        assertThatThrownBy(() -> swap.prove(() -> new ByteArrayInputStream(Arrays.copyOf(snapshot, 900)), facts))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> swap.prove(whole(), facts.deepCopy().put("server", "9.9.0")))
                .hasMessageContaining("older server");
        int tokens = root.list("auth/token/accessors").size();
        PlainSource breaks = () -> new SequenceInputStream(
                new ByteArrayInputStream(snapshot, 0, snapshot.length / 2), new java.io.InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the disk is gone");
                    }
                });
        assertThatThrownBy(() -> swap.take(breaks, "the point", keys.unsealKeys()))
                .hasMessageContaining("the disk is gone");
        assertThat(value(service)).isEqualTo("since");
        assertThat(root.list("auth/token/accessors")).hasSize(tokens);
        server.restart();
        assertThatThrownBy(() -> swap.prove(whole(), facts)).isInstanceOf(IOException.class);
    }
}
