package dev.foundation.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.age.AgeIdentity;
import dev.foundation.bundle.BundleException;
import dev.foundation.bundle.Manifest;
import dev.foundation.bundle.Names;
import dev.foundation.seal.SealException;
import dev.foundation.seal.SealKey;
import dev.foundation.secret.Secret;
import dev.foundation.store.local.LocalStore;
import dev.foundation.stream.Digesting;
import dev.foundation.testing.PointFixture;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StagedPointTest {
    @TempDir
    Path folder;

    private Path stage;
    private PointFixture fixture;
    private String point;

    @BeforeEach
    void take() throws Exception {
        stage = Files.createDirectories(folder.resolve("stage"));
        fixture = new PointFixture(folder, List.of(new LocalStore("local", stage)));
        fixture.buckets().put("media", "a", "content");
        point = fixture.take().seal().point().toString();
    }

    private StagedPoint open(Secret<String> identity) throws Exception {
        return StagedPoint.open(
                stage,
                point,
                List.of(fixture.sealKey().publicLine()),
                fixture.trust().instance(),
                identity);
    }

    @Test
    void everyArtifactIsReadAsItsManifestSaysWithAnyGenerationOfTheIdentity() throws Exception {
        String lines = "# older\n" + AgeIdentity.generate().identity().expose() + "\n"
                + fixture.age().identity().expose() + "\n";
        StagedPoint staged = open(Secret.of(lines));
        assertThat(staged.manifest().artifacts()).isNotEmpty();
        for (Manifest.Entry each : staged.manifest().artifacts()) {
            var source = staged.artifact(each.name());
            for (int time = 0; time < 2; time++) {
                try (var plain = new Digesting(source.open())) {
                    plain.transferTo(OutputStream.nullOutputStream());
                    assertThat(new Manifest.Measure(plain.size(), plain.sha256()))
                            .isEqualTo(each.plain());
                }
            }
        }
        assertThatThrownBy(() -> staged.artifact("nothing")).hasMessageContaining("has no nothing");
    }

    @Test
    void anIdentityThatDoesNotOpenItIsTold() {
        var other = AgeIdentity.generate();
        assertThatThrownBy(() -> open(other.identity()))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(other.recipient())
                .hasMessageContaining(fixture.age().recipient())
                .message()
                .doesNotContain(other.identity().expose());
    }

    @Test
    void whatIsNotSignedByUsOrOfAnotherFoundationIsNoPoint() {
        var stranger = SealKey.generate(new SecureRandom()).publicLine();
        assertThatThrownBy(() -> StagedPoint.open(
                        stage,
                        point,
                        List.of(stranger),
                        fixture.trust().instance(),
                        fixture.age().identity()))
                .isInstanceOf(SealException.class);
        assertThatThrownBy(() -> StagedPoint.open(
                        stage,
                        point,
                        List.of(fixture.sealKey().publicLine()),
                        "6a2f41a3-c54c-4ce8-9f2b-000000000000",
                        fixture.age().identity()))
                .hasMessageContaining("another foundation");
    }

    @Test
    void aPointUnderAnotherNameIsRefused() throws Exception {
        String was = point;
        point = "20991231T000000Z";
        Files.move(stage.resolve(was), stage.resolve(point));
        assertThatThrownBy(() -> open(fixture.age().identity())).hasMessageContaining("moved");
    }

    @Test
    void oneByteAnywhereIsNamedBeforeAnythingIsRead() throws Exception {
        for (String name : List.of(Names.POSTGRES, Names.FORGEJO, Names.VAULT, Names.OBJECTS)) {
            Path file = stage.resolve(point).resolve(name + Names.AGE);
            byte[] whole = Files.readAllBytes(file);
            for (int at : new int[] {0, whole.length / 2, whole.length - 1}) {
                byte[] flipped = whole.clone();
                flipped[at] ^= 1;
                replace(file, flipped);
                StagedPoint staged = open(fixture.age().identity());
                assertThatThrownBy(() -> staged.artifact(name))
                        .as(name + " byte " + at)
                        .hasMessageContaining(name + Names.AGE)
                        .hasMessageContaining("not what was sealed");
            }
            replace(file, whole);
        }
        Path manifest = stage.resolve(point).resolve(Names.MANIFEST + Names.AGE);
        byte[] flipped = Files.readAllBytes(manifest);
        flipped[flipped.length / 2] ^= 1;
        replace(manifest, flipped);
        assertThatThrownBy(() -> open(fixture.age().identity())).hasMessageContaining("not what was sealed");
    }

    /** Changed between the check and the use: the stream does not end normally. */
    @Test
    void aByteThatChangesAfterTheCheckFailsTheRead() throws Exception {
        var source = open(fixture.age().identity()).artifact(Names.POSTGRES);
        Path file = stage.resolve(point).resolve(Names.POSTGRES + Names.AGE);
        byte[] longer = java.util.Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) + 1);
        replace(file, longer);
        assertThatThrownBy(() -> {
                    try (var plain = source.open()) {
                        plain.transferTo(OutputStream.nullOutputStream());
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining(Names.POSTGRES);
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Files.delete(file);
        Files.write(file, content);
    }
}
