package dev.foundation.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class DockerSetupTest {
    private static final String SILENT =
            "echo 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock' >&2; exit 1";

    @TempDir
    private Path folder;

    private Fakes fakes;

    @BeforeEach
    void setUp() throws IOException {
        fakes = new Fakes(folder);
    }

    private DockerSetup setup(boolean root, Map<String, String> more) {
        Machine machine = fakes.machine(root, more);
        var packages = new SystemPackages(machine, fakes.events::add);
        return new DockerSetup(fakes.locations, machine, packages, new DockerEngine(machine), fakes.events::add);
    }

    @Test
    void anEngineThatAnswersIsLeftAlone() throws Exception {
        fakes.program("docker", "echo server=20.10.24");
        assertThat(setup(false, Map.of()).ensure()).isEqualTo("20.10.24");
        assertThat(fakes.events).isEmpty();
    }

    @Test
    void anEngineNamedByTheUserIsNeverStartedForHim() throws Exception {
        fakes.program("docker", SILENT);
        assertThatThrownBy(() ->
                        setup(true, Map.of("DOCKER_HOST", "unix:///nowhere")).ensure())
                .hasMessageContainingAll("no Docker Engine answers at DOCKER_HOST=unix:///nowhere", "Cannot connect");
    }

    @Test
    void withoutRootTheMessageSaysHowToStartIt() throws Exception {
        fakes.program("docker", SILENT);
        assertThatThrownBy(() -> setup(false, Map.of()).ensure()).hasMessageContainingAll("is not running", "As root:");
    }

    @Test
    void aUserWhoMayNotIsToldAboutTheGroup() throws Exception {
        fakes.program("docker", "echo 'Got permission denied while trying to connect' >&2; exit 1");
        assertThatThrownBy(() -> setup(false, Map.of("USER", "ann")).ensure())
                .hasMessageContaining("usermod -aG docker ann");
    }

    @Test
    void asRootAStoppedEngineIsStartedAndWaitedFor() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeFalse(
                Files.isDirectory(Path.of("/run/systemd/system")), "systemd runs here");
        fakes.program("docker", "[ -e " + folder + "/up ] && echo server=1.2.3 || { " + SILENT + "; }");
        fakes.program("dockerd", "sleep 1; > " + folder + "/up");
        // setsid is the system's; docker and dockerd are found in our folder first
        assertThat(setup(true, Map.of("PATH", fakes.bin + ":/usr/bin:/bin")).ensure())
                .isEqualTo("1.2.3");
        assertThat(fakes.notes()).singleElement().asString().contains("starting it", "dockerd.log");
    }
}
