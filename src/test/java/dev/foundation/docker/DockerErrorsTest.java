package dev.foundation.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.docker.DockerException.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DockerErrorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?|ENGINE_NOT_RUNNING",
                "Got permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: dial unix: permission denied|NO_PERMISSION",
                "Error: No such container: x|NO_SUCH_CONTAINER",
                "Error response from daemon: No such container: x|NO_SUCH_CONTAINER",
                "Error response from daemon: get x: no such volume|NO_SUCH_VOLUME",
                "Error response from daemon: No such image: x:1|NO_SUCH_IMAGE",
                "Error response from daemon: Container 12ab is not running|CONTAINER_NOT_RUNNING",
                "Error response from daemon: driver failed: Bind for 127.0.0.1:5432 failed: port is already allocated|PORT_TAKEN",
                "Error response from daemon: write /x: no space left on device|DISK_FULL",
                "Error response from daemon: Conflict. The container name /x is already in use by container 12|NAME_TAKEN",
                "Error response from daemon: something new|OTHER"
            })
    void whatDockerSaysHasAKindAndNamesTheAction(String said, Kind kind) {
        var error = DockerErrors.of("open x", said);
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error).hasMessageStartingWith("open x: ");
    }
}
