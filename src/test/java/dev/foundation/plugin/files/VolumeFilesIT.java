package dev.foundation.plugin.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.docker.StoredFile;
import dev.foundation.docker.VolumeStore;
import dev.foundation.plugin.ResourceHandler.Current;
import dev.foundation.testing.RecordingRun;
import dev.foundation.testing.TinyImage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class VolumeFilesIT {
    private final VolumeFiles handler = new VolumeFiles(TinyImage.DOCKER);
    private final RecordingRun run = new RecordingRun();
    private TinyImage withRm;
    private TinyImage bare;
    private String volume = "";

    @BeforeAll
    void makeImages() throws Exception {
        Assumptions.assumeTrue(TinyImage.dockerRuns(), "Docker does not run here");
        withRm = TinyImage.of("/bin/rm", "/bin/cat");
        bare = TinyImage.of("/bin/cat");
    }

    @AfterAll
    void removeImages() throws Exception {
        if (withRm != null) {
            withRm.close();
            bare.close();
        }
    }

    @BeforeEach
    void makeVolume() throws Exception {
        volume = "foundation-test-" + UUID.randomUUID();
        TinyImage.DOCKER.run("make the test's volume", List.of("volume", "create", volume));
    }

    @AfterEach
    void removeVolume() throws Exception {
        TinyImage.DOCKER.run("remove the test's volume", List.of("volume", "rm", "--force", volume));
    }

    private VolumeFiles.Inputs inputs(TinyImage image, Map<String, String> files) {
        return new VolumeFiles.Inputs(volume, image.name(), files, 999, 998, Optional.empty());
    }

    private Map<String, StoredFile> stored() throws Exception {
        return new VolumeStore(TinyImage.DOCKER, volume, bare.name()).read();
    }

    private static StoredFile file(String content) {
        return new StoredFile(content.getBytes(StandardCharsets.UTF_8), 999, 998, 0400);
    }

    @Test
    void filesHaveTheServicesOwnerAndNobodyElseMayReadThem() throws Exception {
        var inputs = inputs(bare, Map.of("password", "hush", "tls/key", "hush too"));
        assertThat(handler.check(inputs)).isEmpty();
        var created = handler.create(inputs, run);
        assertThat(stored()).containsOnly(Map.entry("password", file("hush")), Map.entry("tls/key", file("hush too")));
        var known = new Current<>(inputs, created.outputs());
        assertThat(handler.read(volume, Optional.of(known))).contains(known);
        assertThat(handler.drift(volume, inputs, created.outputs())).isEmpty();
        // As the owner, a real process can read it; as another user it cannot.
        assertThat(cat("999:998", "password")).isEqualTo("hush");
        assertThat(cat("999:998", "tls/key")).isEqualTo("hush too");
        assertThatThrownBy(() -> cat("1000:1000", "password")).hasMessageContaining("Permission denied");
    }

    private String cat(String user, String path) throws Exception {
        return TinyImage.DOCKER
                .run(
                        "read as " + user,
                        List.of(
                                "run",
                                "--rm",
                                "--network",
                                "none",
                                "--user",
                                user,
                                "--volume",
                                volume + ":/f:ro",
                                bare.name(),
                                "/bin/cat",
                                "/f/" + path))
                .text();
    }

    @Test
    void changedFilesAreReplacedAndUnwantedOnesRemoved() throws Exception {
        var before = inputs(withRm, Map.of("a", "1", "b", "2", "deep/c", "3"));
        var created = handler.create(before, run);
        var after = inputs(withRm, Map.of("a", "changed"));
        var outputs = handler.update(volume, new Current<>(before, created.outputs()), after, run);
        assertThat(stored()).containsOnly(Map.entry("a", file("changed")));
        assertThat(outputs.digest()).isNotEqualTo(created.outputs().digest());
        var back = handler.update(volume, new Current<>(after, outputs), before, run);
        assertThat(back.digest()).isEqualTo(created.outputs().digest());
        handler.delete(volume, new Current<>(before, back), run);
        assertThat(stored()).isEmpty();
        assertThat(run.warnings()).isEmpty();
    }

    @Test
    void withoutAnRmInTheImageUnwantedFilesAreEmptiedAndNamed() throws Exception {
        var before = inputs(bare, Map.of("a", "1", "b", "2"));
        var created = handler.create(before, run);
        handler.delete(volume, new Current<>(before, created.outputs()), run);
        assertThat(stored().values()).allMatch(file -> file.content().length == 0);
        assertThat(run.warnings()).singleElement().asString().contains("a, b");
        // What was emptied can be written again.
        handler.create(before, run);
        assertThat(stored()).containsEntry("a", file("1"));
    }

    @Test
    void othersFilesInTheVolumeStay() throws Exception {
        new VolumeStore(TinyImage.DOCKER, volume, bare.name()).write(Map.of("theirs", file("keep")));
        var mine = inputs(withRm, Map.of("mine", "x"));
        var created = handler.create(mine, run);
        handler.delete(volume, new Current<>(mine, created.outputs()), run);
        assertThat(stored()).containsOnly(Map.entry("theirs", file("keep")));
    }

    @Test
    void changedContentOwnerOrModeIsSeen() throws Exception {
        var inputs = inputs(bare, Map.of("a", "1", "b", "2", "c", "3"));
        var known = new Current<>(inputs, handler.create(inputs, run).outputs());
        var store = new VolumeStore(TinyImage.DOCKER, volume, bare.name());
        store.write(Map.of(
                "a", file("tampered"), "b", new StoredFile("2".getBytes(StandardCharsets.UTF_8), 999, 998, 0444)));
        var seen = handler.read(volume, Optional.of(known)).orElseThrow();
        assertThat(seen.inputs().files())
                .containsOnly(Map.entry("a", "tampered"), Map.entry("b", ""), Map.entry("c", "3"));
        assertThat(seen.outputs().digest()).isNotEqualTo(known.outputs().digest());
        var mended = new Current<>(inputs, handler.update(volume, seen, inputs, run));
        assertThat(mended.outputs().digest()).isEqualTo(known.outputs().digest());
        assertThat(handler.read(volume, Optional.of(mended))).contains(mended);
    }

    @Test
    void aVolumeThatIsGoneOrMadeAnewIsSeen() throws Exception {
        var inputs = inputs(bare, Map.of("a", "1"));
        var known = new Current<>(inputs, handler.create(inputs, run).outputs());
        TinyImage.DOCKER.run("remove", List.of("volume", "rm", volume));
        assertThat(handler.read(volume, Optional.of(known))).isEmpty();
        assertThat(handler.drift(volume, inputs, known.outputs())).contains("the volume is missing");
        handler.delete(volume, known, run);
        assertThatThrownBy(() -> handler.create(inputs, run))
                .hasMessageContaining(volume)
                .hasMessageContaining("does not exist");
        Thread.sleep(1100);
        TinyImage.DOCKER.run("make again", List.of("volume", "create", volume));
        assertThat(handler.drift(volume, inputs, known.outputs()))
                .contains("files in the volume are missing or were changed");
    }

    @Test
    void aMissingImageIsNamedAndNothingIsLeftBehind() throws Exception {
        var inputs = new VolumeFiles.Inputs(
                volume, "foundation-test-no-such-image:1", Map.of("a", "1"), 0, 0, Optional.empty());
        assertThatThrownBy(() -> handler.create(inputs, run)).hasMessageContaining("foundation-test-no-such-image");
        assertThat(TinyImage.DOCKER
                        .run("list", List.of("ps", "--all", "--quiet", "--filter", "volume=" + volume))
                        .text())
                .isEmpty();
    }
}
