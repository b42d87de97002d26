package dev.foundation.artifact.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.foundation.testing.VaultServer;
import dev.foundation.vault.VaultClient;
import dev.foundation.vault.VaultException;
import dev.foundation.vault.VaultHealth;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class VaultSnapshotIT {
    @TempDir
    static Path folder;

    private static VaultServer server;
    private static VaultClient root;

    @BeforeAll
    static void start() throws Exception {
        server = VaultServer.start(folder);
        var client = new VaultClient(server.address(), () -> "");
        await(client, VaultHealth.State.UNINITIALISED);
        var keys = client.seal().initialise(1, 1);
        client.seal().unseal(keys.unsealKeys());
        await(client, VaultHealth.State.ACTIVE);
        root = client.withToken(keys::rootToken);
    }

    private static void await(VaultClient client, VaultHealth.State state) throws Exception {
        for (int i = 0; i < 300; i++) {
            try {
                if (client.seal().health().state() == state) {
                    return;
                }
            } catch (IOException e) {
                // It is starting.
            }
            Thread.sleep(100);
        }
        throw new IOException("Vault does not become " + state);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static byte[] take() throws Exception {
        try (var artifact = new VaultSnapshot(root)) {
            return artifact.content().readAllBytes();
        }
    }

    @Test
    void aSnapshotOfTheRealServerIsWholeAndTellsItsIndex() throws Exception {
        Snapshot before = Snapshot.read(new ByteArrayInputStream(take()));
        root.write("sys/policies/acl/more", Map.of("policy", "path \"x\" { capabilities = [\"read\"] }"));
        try (var artifact = new VaultSnapshot(root)) {
            assertThatThrownBy(artifact::facts).isInstanceOf(IllegalStateException.class);
            Snapshot after = Snapshot.read(artifact.content());
            assertThat(after.index()).isGreaterThan(before.index());
            assertThat(artifact.facts().path("index").asLong()).isEqualTo(after.index());
            assertThat(artifact.facts().path("server").asText()).startsWith("1.");
            assertThat(after.stateSize()).isPositive();
        }
    }

    @Test
    void aTokenThatMayOnlyReadTheSnapshotIsEnoughAndOneThatMayNotIsTold() throws Exception {
        root.write(
                "sys/policies/acl/backup",
                Map.of("policy", "path \"sys/storage/raft/snapshot\" { capabilities = [\"read\"] }"));
        for (var policy : List.of("backup", "default")) {
            String token = root.write(
                            "auth/token/create", Map.of("policies", List.of(policy), "no_default_policy", true))
                    .at("/auth/client_token")
                    .asText();
            try (var artifact = new VaultSnapshot(root.withToken(() -> token))) {
                if (policy.equals("backup")) {
                    Snapshot.read(artifact.content());
                } else {
                    assertThatThrownBy(artifact::content)
                            .isInstanceOf(VaultException.class)
                            .hasMessageContaining("sys/storage/raft/snapshot")
                            .hasMessageNotContaining(token);
                }
            }
        }
    }

    private static byte[] unpacked(byte[] gzip) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes();
    }

    @Test
    void aCutOrAFlippedByteAnywhereIsRefused() throws Exception {
        byte[] whole = take();
        int step = Math.max(1, whole.length / 400);
        for (int length = 0; length < whole.length; length += length > whole.length - 64 ? 1 : step) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Snapshot.read(new ByteArrayInputStream(cut)))
                    .as("cut to %d of %d", length, whole.length)
                    .isInstanceOf(IOException.class);
        }
        // From the first byte after gzip's header, whose time and system mean nothing. Deflate has bits that mean
        // nothing either.
        byte[] plain = unpacked(whole);
        for (int at = 10; at < whole.length; at += step) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x10;
            try {
                Snapshot.read(new ByteArrayInputStream(flipped));
                assertThat(unpacked(flipped))
                        .as("byte %d of %d", at, whole.length)
                        .isEqualTo(plain);
            } catch (IOException e) {
                assertThat(e).hasMessageStartingWith("Vault's snapshot is");
            }
        }
        assertThatThrownBy(() -> Snapshot.read(new ByteArrayInputStream(Arrays.copyOf(whole, whole.length + 1))))
                .isInstanceOf(IOException.class);
    }

    /** A server that answers 200 and ends early, with and without ending the connection properly. */
    @Test
    void anAnswerThatEndsEarlyIsRefused() throws Exception {
        byte[] whole = take();
        for (int length : new int[] {0, 1000, whole.length - 1}) {
            var http = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            http.createContext("/v1/sys/seal-status", exchange -> {
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
                exchange.close();
            });
            http.createContext("/v1/sys/storage/raft/snapshot", exchange -> {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(whole, 0, length);
                exchange.close();
            });
            http.start();
            var client = new VaultClient(
                    URI.create("http://127.0.0.1:" + http.getAddress().getPort()), () -> "t");
            try (var artifact = new VaultSnapshot(client)) {
                assertThatThrownBy(() -> artifact.content().readAllBytes()).isInstanceOf(IOException.class);
                assertThatThrownBy(artifact::facts).isInstanceOf(IllegalStateException.class);
            } finally {
                http.stop(0);
            }
        }
    }
}
