package dev.foundation.artifact.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.artifact.PlainSource;
import dev.foundation.artifact.RestoreMark;
import dev.foundation.event.RunEvent;
import dev.foundation.testing.VaultServer;
import dev.foundation.vault.InitialKeys;
import dev.foundation.vault.VaultClient;
import dev.foundation.vault.VaultHealth.State;
import dev.foundation.vault.Waiting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
final class VaultRestorerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final RestoreMark MARK = new RestoreMark("6a2f41a3-c54c-4ce8-9f2b-9d1f6c1ee0aa", "20261121T030000Z");

    private static InitialKeys keys;
    private static String clusterId;
    private static byte[] snapshot;
    private static ObjectNode facts;

    @TempDir
    Path folder;

    private VaultServer server;
    private VaultClient vault;
    private final List<String> said = new ArrayList<>();

    @BeforeAll
    static void take(@TempDir Path source) throws Exception {
        try (var server = VaultServer.start(source)) {
            var client = new VaultClient(server.address(), () -> "");
            var waiting = new Waiting(client.seal(), server.address().toString(), PATIENCE, text -> {});
            waiting.forAnswer();
            keys = client.seal().initialise(5, 3);
            client.seal().unseal(keys.unsealKeys());
            clusterId = waiting.forActive().clusterId().orElseThrow();
            var root = client.withToken(keys::rootToken);
            root.system().enableMount("kept", Map.of("type", "kv"));
            root.write("kept/a", Map.of("value", "of the point"));
            try (var artifact = new VaultSnapshot(root)) {
                snapshot = artifact.content().readAllBytes();
                facts = artifact.facts();
            }
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = VaultServer.start(folder);
        vault = new VaultClient(server.address(), () -> "");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void theSameVaultIsBackWithItsKeysTokensAndSecrets() throws Exception {
        assertThat(restorer().restore(MARK, whole(), facts, keys.unsealKeys().subList(1, 4)))
                .isEqualTo(snapshot.length);
        assertPoint();
        assertThat(vault.seal().status().shares()).isEqualTo(5);
        assertThat(vault.seal().status().threshold()).isEqualTo(3);

        // Done is done: also when it was restarted since, which seals it.
        server.restart();
        PlainSource never = () -> {
            throw new IOException("must not be read");
        };
        assertThat(restorer().restore(MARK, never, facts, keys.unsealKeys())).isZero();
        assertPoint();
        var other = new RestoreMark(MARK.instance(), "20261122T030000Z");
        assertThatThrownBy(() -> restorer().restore(other, never, facts, keys.unsealKeys()))
                .hasMessageContaining("nothing was touched");
        assertThat(said).noneMatch(text -> text.contains(keys.rootToken()));
    }

    @Test
    void aRestoreThatWasStoppedAtAnyStepIsDoneAgain() throws Exception {
        // The steps that can be told apart from outside: before the initialisation, before the snapshot, after it.
        for (String at : List.of("initialising", "began", "unsealing")) {
            var stopped = new VaultRestorer(vault, home(), PATIENCE, event -> {
                String text = event instanceof RunEvent.Noted noted ? noted.text() : "began";
                if (text.startsWith(at)) {
                    throw new IllegalStateException("killed");
                }
            });
            assertThatThrownBy(() -> stopped.restore(MARK, whole(), facts, keys.unsealKeys()))
                    .as(at)
                    .hasMessage("killed");
            assertThat(Files.readString(markFile())).contains("begun");
        }
        server.restart();
        var opened = new AtomicInteger();
        PlainSource breaks = () -> opened.incrementAndGet() == 2
                ? new java.io.SequenceInputStream(
                        new ByteArrayInputStream(snapshot, 0, snapshot.length / 2), new Broken())
                : new ByteArrayInputStream(snapshot);
        assertThatThrownBy(() -> restorer().restore(MARK, breaks, facts, keys.unsealKeys()))
                .hasMessageContaining("the disk is gone");
        restorer().restore(MARK, whole(), facts, keys.unsealKeys());
        assertPoint();
    }

    @Test
    void keysOfAnotherVaultAreToldAndTheRightOnesGoOn() throws Exception {
        var others = List.of(
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAC",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAD");
        assertThatThrownBy(() -> restorer().restore(MARK, whole(), facts, others))
                .hasMessageContaining("do not open Vault's snapshot of 20261121T030000Z")
                .message()
                .doesNotContain(others);
        restorer().restore(MARK, whole(), facts, keys.unsealKeys());
        assertPoint();
    }

    @Test
    void aVaultInUseAndASnapshotThatIsDamagedOrNewerAreRefusedUntouched() throws Exception {
        byte[] flipped = snapshot.clone();
        flipped[flipped.length / 2] ^= 1;
        assertThatThrownBy(() ->
                        restorer().restore(MARK, () -> new ByteArrayInputStream(flipped), facts, keys.unsealKeys()))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> restorer()
                        .restore(
                                MARK,
                                () -> new ByteArrayInputStream(Arrays.copyOf(snapshot, 900)),
                                facts,
                                keys.unsealKeys()))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() ->
                        restorer().restore(MARK, whole(), facts.deepCopy().put("server", "9.9.0"), keys.unsealKeys()))
                .hasMessageContaining("older server");
        assertThat(vault.seal().status().initialised()).isFalse();
        assertThat(markFile()).doesNotExist();

        vault.seal().initialise(1, 1);
        assertThatThrownBy(() -> restorer().restore(MARK, whole(), facts, keys.unsealKeys()))
                .hasMessageContaining("it is initialised")
                .hasMessageContaining("nothing was touched");
    }

    private void assertPoint() throws Exception {
        assertThat(vault.seal().health().state()).isEqualTo(State.ACTIVE);
        assertThat(vault.seal().health().clusterId()).contains(clusterId);
        assertThat(vault.withToken(keys::rootToken)
                        .read("kept/a")
                        .orElseThrow()
                        .at("/data/value")
                        .asText())
                .isEqualTo("of the point");
        assertThat(Files.readString(markFile())).contains("finished");
    }

    private VaultRestorer restorer() {
        return new VaultRestorer(vault, home(), PATIENCE, event -> said.add(event.toString()));
    }

    private static PlainSource whole() {
        return () -> new ByteArrayInputStream(snapshot);
    }

    private Path markFile() {
        return folder.resolve("data/foundation-restore");
    }

    private VaultHome home() {
        return new VaultHome() {
            @Override
            public String place() {
                return "the test's folder";
            }

            @Override
            public Optional<String> mark() throws IOException {
                return Files.exists(markFile()) ? Optional.of(Files.readString(markFile())) : Optional.empty();
            }

            @Override
            public void mark(String text) throws IOException {
                Files.writeString(markFile(), text);
            }

            @Override
            public void restart() throws IOException {
                server.restart();
            }

            @Override
            public void beginAnew() throws IOException {
                server.stop();
                try (Stream<Path> all = Files.walk(folder.resolve("data"))) {
                    for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                        if (!each.equals(markFile()) && !each.equals(folder.resolve("data"))) {
                            Files.delete(each);
                        }
                    }
                }
                server.restart();
            }
        };
    }

    private static final class Broken extends java.io.InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the disk is gone");
        }
    }
}
