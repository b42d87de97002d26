package dev.foundation.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.age.AgeIdentity;
import dev.foundation.artifact.vault.VaultSnapshot;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.docker.DockerCli;
import dev.foundation.secret.Secret;
import dev.foundation.secret.UnsealKeys;
import dev.foundation.testing.MemoryStore;
import dev.foundation.testing.PointFixture;
import dev.foundation.testing.VaultServer;
import dev.foundation.vault.VaultClient;
import dev.foundation.vault.VaultHealth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The keys of a point with the snapshot of a real Vault, proved in a real one. */
@Timeout(600)
final class KeyProofIT {
    @TempDir
    static Path folder;

    private static final MemoryStore STORE = new MemoryStore("off-site");
    private static PointFixture fixture;
    private static SignedSeal point;
    private static List<String> keys;

    @BeforeAll
    static void takeAPointOfARealVault() throws Exception {
        fixture = new PointFixture(folder, List.of(STORE));
        try (var server = VaultServer.start(folder.resolve("lost"))) {
            var client = new VaultClient(server.address(), () -> "");
            await(client, VaultHealth.State.UNINITIALISED);
            var initial = client.seal().initialise(5, 3);
            keys = initial.unsealKeys();
            client.seal().unseal(keys);
            await(client, VaultHealth.State.ACTIVE);
            VaultClient root = client.withToken(initial::rootToken);
            root.write("sys/policies/acl/more", Map.of("policy", "path \"x\" { capabilities = [\"read\"] }"));
            byte[] snapshot;
            try (var artifact = new VaultSnapshot(root)) {
                snapshot = artifact.content().readAllBytes();
            }
            fixture.spoil(artifact ->
                    artifact.name().equals(Names.VAULT) ? PointFixture.withContent(artifact, snapshot) : artifact);
            point = fixture.take();
        }
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

    private static KeyProof proof() {
        return new KeyProof(STORE, point, fixture.age().identity());
    }

    private static UnsealKeys unsealKeys(List<String> current) {
        return UnsealKeys.none().with(current);
    }

    @Test
    void theIdentityOfThePointOpensItsManifest() throws Exception {
        assertThat(proof().manifest().point()).isEqualTo(point.seal().point());
        AgeIdentity other = AgeIdentity.generate();
        assertThatThrownBy(() -> new KeyProof(STORE, point, other.identity()).manifest())
                .isInstanceOfSatisfying(
                        WrongKey.class, wrong -> assertThat(wrong.key()).isEqualTo(WrongKey.Key.IDENTITY))
                .hasMessageContaining("backupAgeIdentity")
                .hasMessageContaining(other.recipient())
                .hasMessageContaining(fixture.age().recipient())
                .hasMessageNotContaining(other.identity().expose());
        assertThatThrownBy(() -> new KeyProof(STORE, point, Secret.of("hunter2")).manifest())
                .isInstanceOf(WrongKey.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void allFiveOriginalKeysAreProvedAlsoWhereALaterGenerationIsThere() throws Exception {
        List<String> later = new ArrayList<>(keys.reversed());
        later.replaceAll(key -> java.util.Base64.getEncoder().encodeToString(new byte[33]));
        try (var vault = new LocalVault(folder.resolve("proof-1"))) {
            UnsealProof.Result found =
                    proof().unsealKeys(vault, unsealKeys(keys).with(later.subList(0, 3)));
            assertThat(found).isEqualTo(new UnsealProof.Result(1, 5, 5, 3, 5));
            assertThat(found.all()).isTrue();
        }
    }

    @Test
    void aWrongKeyAmongRightOnesIsCounted() throws Exception {
        List<String> mixed = new ArrayList<>(keys);
        mixed.set(0, java.util.Base64.getEncoder().encodeToString(new byte[33]));
        try (var vault = new LocalVault(folder.resolve("proof-2"))) {
            UnsealProof.Result found = proof().unsealKeys(vault, unsealKeys(mixed));
            assertThat(found).isEqualTo(new UnsealProof.Result(1, 4, 5, 3, 5));
            assertThat(found.text())
                    .contains("4 of 5 unseal keys (generation 1)")
                    .contains("3 of 5");
        }
    }

    @Test
    void keysOfAnotherVaultOrTooFewAreToldAsSuch() throws Exception {
        try (var vault = new LocalVault(folder.resolve("proof-3"))) {
            assertThatThrownBy(() -> proof().unsealKeys(vault, unsealKeys(keys.subList(0, 2))))
                    .isInstanceOfSatisfying(
                            WrongKey.class, wrong -> assertThat(wrong.key()).isEqualTo(WrongKey.Key.UNSEAL_KEYS))
                    .hasMessageContaining("wants 3 of its 5 keys")
                    .hasMessageContaining("generation 1 (2 keys)")
                    .hasMessageNotContaining(keys.getFirst());
        }
        try (var vault = new LocalVault(folder.resolve("proof-4"))) {
            assertThatThrownBy(() -> proof().unsealKeys(vault, UnsealKeys.none()))
                    .isInstanceOf(WrongKey.class)
                    .hasMessageContaining("vaultUnsealKeys is not in");
        }
    }

    @Test
    void inAContainerOnNoNetworkItIsTheSameAndNothingStays() throws Exception {
        var docker = new DockerCli(Map.of());
        Optional<String> image = image(docker);
        Assumptions.assumeTrue(image.isPresent(), "SKIPPED: no Docker Engine with an image of Vault");
        docker.run(
                "leave something behind",
                List.of(
                        "create",
                        "--label",
                        "dev.foundation.key-proof=keyproof-test",
                        "--name",
                        "keyproof-test-left",
                        image.orElseThrow()));
        try (var vault = ContainerVault.start(docker, "keyproof-test", image.orElseThrow())) {
            assertThat(containers(docker)).hasSize(1).doesNotContain("keyproof-test-left");
            assertThat(proof().unsealKeys(vault, unsealKeys(keys)).good()).isEqualTo(5);
        }
        assertThat(containers(docker)).isEmpty();
    }

    private static Optional<String> image(DockerCli docker) throws InterruptedException {
        try {
            return docker.run("list images", List.of("images", "--format", "{{.Repository}}:{{.Tag}}"))
                    .text()
                    .lines()
                    .filter(each -> each.contains("/vault:"))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<String> containers(DockerCli docker) throws Exception {
        return docker.run(
                        "list",
                        List.of(
                                "ps",
                                "--all",
                                "--format",
                                "{{.Names}}",
                                "--filter",
                                "label=dev.foundation.key-proof=keyproof-test"))
                .text()
                .lines()
                .filter(each -> !each.isBlank())
                .toList();
    }
}
