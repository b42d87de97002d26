package dev.foundation.plugin.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foundation.plugin.ResourceHandler.Current;
import dev.foundation.plugin.ResourceHandler.PartialCreate;
import dev.foundation.plugin.Run;
import dev.foundation.plugin.vault.VaultInit.Inputs;
import dev.foundation.plugin.vault.VaultInit.Outputs;
import dev.foundation.testing.VaultServer;
import dev.foundation.vault.VaultClient;
import dev.foundation.vault.VaultException;
import dev.foundation.vault.VaultHealth.State;
import dev.foundation.vault.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class VaultInitIT {
    private final QuietRun run = new QuietRun();
    private final VaultInit handler = new VaultInit(Duration.ofSeconds(30));
    private @TempDir Path folder;
    private VaultServer server;
    private VaultClient client;

    @BeforeEach
    void start() throws Exception {
        server = VaultServer.start(folder);
        client = new VaultClient(server.address(), () -> "");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aFreshServerIsInitialisedAndUnsealedAndComesBackAfterARestart() throws Exception {
        var inputs = inputs(Optional.empty());
        Outputs made = handler.create(inputs, run).outputs();
        assertThat(made.unsealKeys()).hasSize(5);
        assertThat(made.clusterId()).isPresent();
        assertThat(made.version()).startsWith("1.");
        assertThat(client.seal().health().state()).isEqualTo(State.ACTIVE);
        assertThat(client.seal().status().threshold()).isEqualTo(3);
        var root = client.withToken(made::rootToken);
        assertThat(root.tokens().lookupSelf().at("/policies/0").asText()).isEqualTo("root");
        assertThat(handler.drift("id", inputs, made)).isEmpty();

        server.restart();
        awaitAnswer();
        assertThat(handler.drift("id", inputs, made)).contains("Vault is sealed: unseal it");
        assertThat(handler.read("id", Optional.of(new Current<>(inputs, made)))).contains(new Current<>(inputs, made));
        assertThatThrownBy(() -> root.read("sys/mounts"))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.kind()).isEqualTo(VaultException.Kind.SEALED));

        Outputs updated = handler.update("id", new Current<>(inputs, made), inputs, run);
        assertThat(updated).isEqualTo(made);
        assertThat(handler.drift("id", inputs, made)).isEmpty();
        handler.delete("id", new Current<>(inputs, made), run);
        assertThat(root.tokens().lookupSelf().isObject()).isTrue();
        assertThat(run.said).noneMatch(said -> made.unsealKeys().stream().anyMatch(said::contains));
    }

    @Test
    void anInitialisedServerIsRefusedWithoutKeysAndAdoptedWithThem() throws Exception {
        Outputs made = handler.create(inputs(Optional.empty()), run).outputs();
        assertThatThrownBy(() -> handler.create(inputs(Optional.empty()), run))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("initialised already")
                .hasMessageContaining("vaultUnsealKeys");

        server.restart();
        Outputs adopted =
                handler.create(inputs(Optional.of(made.unsealKeys())), run).outputs();
        assertThat(adopted.unsealKeys()).isEqualTo(made.unsealKeys());
        assertThat(adopted.rootToken()).isNotEqualTo(made.rootToken());
        assertThat(client.withToken(adopted::rootToken).read("sys/mounts")).isPresent();
        assertThat(handler.isSettled("unsealKeys", inputs(Optional.of(made.unsealKeys())), made))
                .isTrue();
    }

    @Test
    void keysOfAnotherServerAreRefused() throws Exception {
        var old = new Current<>(
                inputs(Optional.empty()),
                handler.create(inputs(Optional.empty()), run).outputs());
        server.restart();
        awaitAnswer();
        var others = List.of(
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAC",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAD");
        var state = new Outputs(others, "t", old.outputs().clusterId(), "1");
        assertThatThrownBy(() -> handler.update("id", new Current<>(old.inputs(), state), old.inputs(), run))
                .isInstanceOf(IOException.class)
                .message()
                .doesNotContain(others);
        assertThat(handler.update("id", old, old.inputs(), run)).isEqualTo(old.outputs());
    }

    @Test
    void whateverFailsAfterTheInitialisationKeepsTheKeys() throws Exception {
        Run cancelled = new QuietRun() {
            @Override
            public void info(String message) {
                if (message.startsWith("unsealing")) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        var partial =
                catchThrowableOfType(PartialCreate.class, () -> handler.create(inputs(Optional.empty()), cancelled));
        Outputs kept = (Outputs) partial.outputs();
        assertThat(kept.unsealKeys()).hasSize(5);
        assertThat(partial.getMessage()).doesNotContain(kept.rootToken());
        Outputs open =
                handler.update("id", new Current<>(inputs(Optional.empty()), kept), inputs(Optional.empty()), run);
        assertThat(open.clusterId()).isPresent();
        assertThat(open.unsealKeys()).isEqualTo(kept.unsealKeys());
    }

    @Test
    void aCancelDuringTheInitialisationKeepsTheKeysToo() throws Exception {
        Run cancelled = new QuietRun() {
            @Override
            public void info(String message) {
                if (message.startsWith("initialising")) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        var partial =
                catchThrowableOfType(PartialCreate.class, () -> handler.create(inputs(Optional.empty()), cancelled));
        assertThat(((Outputs) partial.outputs()).unsealKeys()).hasSize(5);
    }

    @Test
    void configuredKeysWithAServerThatLostItsDataAreAnErrorAndNothingIsInitialised() throws Exception {
        var keys = Optional.of(List.of("a", "b", "c"));
        assertThatThrownBy(() -> handler.create(inputs(keys), run)).hasMessageContaining("is not initialised");
        assertThat(client.seal().status().initialised()).isFalse();
        var state = new Outputs(List.of("a", "b", "c"), "t", Optional.of("c"), "1");
        var old = new Current<>(inputs(Optional.empty()), state);
        assertThat(handler.drift("id", old.inputs(), state)).isPresent();
        assertThatThrownBy(() -> handler.update("id", old, old.inputs(), run)).hasMessageContaining("Restore its data");
        assertThatThrownBy(() -> handler.read("id", Optional.of(old))).hasMessageContaining("is not initialised");
        assertThatThrownBy(() -> handler.read("id", Optional.empty())).hasMessageContaining("cannot be imported");
    }

    @Test
    void aServerThatIsDownIsNoDriftAndNotGone() throws Exception {
        server.stop();
        var state = new Outputs(List.of("a", "b", "c"), "t", Optional.empty(), "1");
        var inputs = inputs(Optional.empty());
        assertThat(handler.drift("id", inputs, state)).isEmpty();
        assertThatThrownBy(() -> handler.read("id", Optional.of(new Current<>(inputs, state))))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.kind()).isEqualTo(VaultException.Kind.UNREACHABLE));
        assertThatThrownBy(() -> new VaultInit(Duration.ofMillis(300)).create(inputs, run))
                .hasMessageContaining("does not answer");
    }

    @Test
    void otherNumbersOfSharesAreRefusedWithTheWayOut() throws Exception {
        var made = handler.create(inputs(Optional.empty()), run);
        var other = new Inputs(
                server.address().toString(),
                Optional.of(7),
                Optional.of(4),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThatThrownBy(() ->
                        handler.update(made.id(), new Current<>(inputs(Optional.empty()), made.outputs()), other, run))
                .hasMessageContaining("5 shares with a threshold of 3")
                .hasMessageContaining("keys rotate unseal");
    }

    @Test
    void anotherServerAtTheAddressIsNoticed(@TempDir Path otherFolder) throws Exception {
        var made = handler.create(inputs(Optional.empty()), run);
        try (var other = VaultServer.start(otherFolder)) {
            var there = new Inputs(
                    other.address().toString(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            var otherMade = handler.create(there, run);
            assertThat(otherMade.outputs().clusterId())
                    .isNotEqualTo(made.outputs().clusterId());
            assertThatThrownBy(() -> handler.update(
                            made.id(), new Current<>(inputs(Optional.empty()), made.outputs()), there, run))
                    .hasMessageContaining("another server");
        }
    }

    private List<String> rekeyed(List<String> keys) throws Exception {
        return client.rekey().newKeys(client.rekey().begin(5, 3), keys).orElseThrow();
    }

    @Test
    void newKeysOfTheConfigurationAreTakenOnceEachOfThemIsProvedToBeTheServers() throws Exception {
        var before = inputs(Optional.empty());
        Outputs made = handler.create(before, run).outputs();
        List<String> second = rekeyed(made.unsealKeys());
        var after = inputs(Optional.of(second));
        var old = new Current<>(before, made);
        assertThat(handler.isSettled("unsealKeys", after, made)).isFalse();
        assertThat(handler.unstable(before, after)).containsExactly("unsealKeys");

        // Given out, and not in force.
        assertThatThrownBy(() -> handler.update("id", old, after, run))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("keys rotate unseal")
                .message()
                .doesNotContain(second)
                .doesNotContain(made.unsealKeys());
        assertThat(client.rekey().prove(second)).isTrue();

        // One that is none of them, where others would do.
        for (int wrong = 0; wrong < 5; wrong++) {
            var mixed = new ArrayList<>(second);
            mixed.set(wrong, made.unsealKeys().get(wrong));
            assertThatThrownBy(() -> handler.update("id", old, inputs(Optional.of(mixed)), run))
                    .hasMessageContaining("are not all those of Vault");
        }

        Outputs told = handler.update("id", old, after, run);
        assertThat(told).isEqualTo(new Outputs(second, made.rootToken(), made.clusterId(), made.version()));
        assertThat(handler.isSettled("unsealKeys", after, told)).isTrue();
        assertThat(handler.unstable(after, after)).isEmpty();
        // Each root token of the proof is gone again.
        assertThat(client.withToken(told::rootToken).list("auth/token/accessors"))
                .hasSize(1);

        server.restart();
        awaitAnswer();
        assertThatThrownBy(() -> handler.update("id", old, before, run)).isInstanceOf(IOException.class);
        client.seal().resetUnseal();
        assertThat(handler.update("id", old, after, run)).isEqualTo(told);
        assertThat(run.said)
                .noneMatch(said -> second.stream().anyMatch(said::contains)
                        || made.unsealKeys().stream().anyMatch(said::contains));
    }

    private void awaitAnswer() throws Exception {
        new Waiting(client.seal(), server.address().toString(), Duration.ofSeconds(30), run::info).forAnswer();
    }

    private Inputs inputs(Optional<List<String>> keys) {
        return inputs(keys, Optional.empty());
    }

    private Inputs inputs(Optional<List<String>> keys, Optional<String> restoredFrom) {
        return new Inputs(
                server.address().toString(), Optional.empty(), Optional.empty(), keys, Optional.empty(), restoredFrom);
    }

    @Test
    void aRestoreMakesANewRootTokenOnceAndRevokesAllOthers() throws Exception {
        var before = inputs(Optional.empty());
        Outputs made = handler.create(before, run).outputs();
        String other =
                client.withToken(made::rootToken).tokens().create(Map.of("ttl", "1h", "policies", List.of("default")));
        String child = client.withToken(made::rootToken).tokens().create(Map.of("ttl", "1h"));
        var restored = inputs(Optional.empty(), Optional.of("20261121T030000Z"));
        assertThat(handler.isSettled("restoredFrom", restored, made)).isFalse();
        assertThat(handler.unstable(before, restored)).containsExactly("rootToken");

        Outputs now = handler.update("id", new Current<>(before, made), restored, run);

        assertThat(now.unsealKeys()).isEqualTo(made.unsealKeys());
        assertThat(now.clusterId()).isEqualTo(made.clusterId());
        assertThat(now.rootToken()).isNotEqualTo(made.rootToken());
        assertThat(client.withToken(now::rootToken).read("sys/mounts")).isPresent();
        for (String revoked : List.of(made.rootToken(), other, child)) {
            assertThatThrownBy(() -> client.withToken(() -> revoked).tokens().lookupSelf())
                    .isInstanceOfSatisfying(
                            VaultException.class, e -> assertThat(e.kind()).isEqualTo(VaultException.Kind.DENIED));
        }
        // The same point again, or none any more, asks for nothing.
        assertThat(handler.unstable(restored, restored)).isEmpty();
        assertThat(handler.isSettled("restoredFrom", before, now)).isTrue();
        assertThat(handler.update("id", new Current<>(restored, now), restored, run))
                .isEqualTo(now);
        assertThat(handler.update("id", new Current<>(restored, now), before, run))
                .isEqualTo(now);
        // Stopped after the old token was gone and before the new one was kept: the keys make another.
        Outputs again = handler.update("id", new Current<>(before, made), restored, run);
        assertThat(client.withToken(again::rootToken).read("sys/mounts")).isPresent();
        assertThat(run.said).noneMatch(said -> said.contains(now.rootToken()));
    }
}
