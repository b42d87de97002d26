package dev.foundation.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class VersionsTest {
    @Test
    void theProjectsOwnFileIsGoodAndPinsEveryImage() throws IOException {
        var versions = Versions.parse(Files.readString(Path.of("VERSIONS")));
        assertThat(versions.of("pulumi")).isEqualTo("3.230.0");
        assertThat(versions.image("vault").value()).isEqualTo("hashicorp/vault:" + versions.of("vault"));
        for (String service :
                new String[] {"vault", "rustfs", "versitygw", "forgejo", "forgejo-runner", "gitea", "postgres"}) {
            assertThat(versions.image(service).value()).contains(versions.of(service));
        }
    }

    @Test
    void commentsAndEmptyLinesDoNotCount() {
        assertThat(Versions.parse("# one\n\n  \na=1\r\n").values())
                .containsOnlyKeys("a")
                .containsValue("1");
    }

    @Test
    void everyBadLineIsNamedWithItsNumberAllAtOnce() {
        assertThatThrownBy(() -> Versions.parse("a=1\nnonsense\na=2\nimage.x=repo:latest\nb = 3\nimage.y=repo\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "line 2: \"nonsense\"",
                        "line 3: \"a\" is set again, first on line 1",
                        "line 4: image.x: image \"repo:latest\" is not pinned",
                        "line 5: \"b = 3\"",
                        "line 6: image.y");
    }

    @Test
    void aMissingKeyIsNamed() {
        assertThatThrownBy(() -> Versions.parse("").of("vault")).hasMessageContaining("add a line vault=<version>");
    }
}
