package dev.foundation.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.docker.DockerException.Kind;
import dev.foundation.process.Input;
import dev.foundation.testing.TinyImage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class ContainerExecIT {
    private static final Duration TIME = Duration.ofSeconds(30);
    private final String name = "foundation-test-" + UUID.randomUUID();
    private TinyImage image;

    @BeforeAll
    void startContainer() throws Exception {
        Assumptions.assumeTrue(TinyImage.dockerRuns(), "Docker does not run here");
        image = TinyImage.of("/bin/sleep", "/bin/ls", "/usr/bin/id");
        TinyImage.DOCKER.run(
                "start the test's container",
                List.of(
                        "run",
                        "--detach",
                        "--network",
                        "none",
                        "--init",
                        "--name",
                        name,
                        image.name(),
                        "/bin/sleep",
                        "600"));
    }

    @AfterAll
    void removeContainer() throws Exception {
        if (image != null) {
            TinyImage.DOCKER.attempt(List.of("rm", "--force", name), Input.NONE, TIME);
            image.close();
        }
    }

    @Test
    void aProgramRunsAsTheUserAndItsExitCodeIsAResult() throws Exception {
        var exec = new ContainerExec(TinyImage.DOCKER, name, "1000:1001");
        assertThat(exec.run(List.of("/usr/bin/id"), TIME).text())
                .contains("uid=1000")
                .contains("gid=1001");
        var failed = exec.run(List.of("/bin/ls", "/absent"), TIME);
        assertThat(failed.exit()).isEqualTo(2);
        assertThat(failed.errors()).contains("/absent");
    }

    @Test
    void aRunningContainerHasAStateAndAMissingOneHasNone() throws Exception {
        var state = TinyImage.DOCKER.container(name).orElseThrow();
        assertThat(state.complaint()).isEmpty();
        assertThat(state.image()).isEqualTo(image.name());
        assertThat(state.since()).isPresent();
        assertThat(TinyImage.DOCKER.container("foundation-test-absent")).isEmpty();
    }

    @Test
    void aMissingContainerAndAStoppedEngineSaySo() {
        var absent = new ContainerExec(TinyImage.DOCKER, "foundation-test-absent", "0");
        assertThatThrownBy(() -> absent.run(List.of("/bin/ls"), TIME))
                .matches(e -> ((DockerException) e).kind() == Kind.NO_SUCH_CONTAINER);
        var nowhere = new DockerCli(Map.of("DOCKER_HOST", "unix:///nowhere/docker.sock"));
        assertThatThrownBy(() -> nowhere.container(name))
                .hasMessageContaining("does not answer")
                .matches(e -> ((DockerException) e).kind() == Kind.ENGINE_NOT_RUNNING);
    }
}
