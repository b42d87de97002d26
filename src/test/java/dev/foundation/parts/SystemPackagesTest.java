package dev.foundation.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With an apt that only writes down what it was asked. The commands asked for are none that this machine may have by itself. */
final class SystemPackagesTest {
    @TempDir
    private Path folder;

    private Fakes fakes;

    @BeforeEach
    void setUp() throws IOException {
        fakes = new Fakes(folder);
        fakes.program(
                "apt-get",
                "echo \"$@\" >> " + folder + "/calls; > " + fakes.bin + "/protoc; /bin/chmod 755 " + fakes.bin
                        + "/protoc");
        fakes.program("apt-cache", "echo '  Candidate: 2:1.19~1'");
    }

    private SystemPackages packages(boolean root) {
        return new SystemPackages(fakes.machine(root, Map.of()), fakes.events::add);
    }

    @Test
    void asRootThePackageIsNamedFirstAndThenInstalled() throws Exception {
        packages(true).need(List.of("protoc"), "building x");
        assertThat(fakes.notes())
                .singleElement()
                .asString()
                .contains("installing on this system, for building x: protobuf-compiler");
        assertThat(fakes.lines("calls")).containsExactly("install -y --no-install-recommends protobuf-compiler");
        packages(true).need(List.of("protoc"), "building x");
        assertThat(fakes.lines("calls")).hasSize(1);
    }

    @Test
    void withoutRootTheMessageSaysWhatAPersonMustInstall() throws Exception {
        assertThatThrownBy(() -> packages(false).need(List.of("protoc"), "building x"))
                .hasMessageContainingAll(
                        "building x needs protoc",
                        "as root: apt-get install -y --no-install-recommends protobuf-compiler");
        assertThat(fakes.lines("calls")).isEmpty();
    }

    @Test
    void aPackageThatIsTooOldIsNotInstalled() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                packages(true).missing(List.of("go")).contains("go"), "Go is installed at /usr/local/go here");
        assertThatThrownBy(() -> packages(true).need(List.of("go"), "building x"))
                .hasMessageContaining("install Go 1.26 or newer");
        assertThat(fakes.lines("calls")).isEmpty();
    }
}
