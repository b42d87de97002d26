package dev.foundation.artifact.forgejo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.artifact.PlainSource;
import dev.foundation.artifact.RestoreMark;
import dev.foundation.process.Command;
import dev.foundation.process.Processes;
import dev.foundation.stream.ParallelZstd;
import dev.foundation.testing.TinyImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a real Docker Engine: its volumes are what is restored. */
@Timeout(240)
final class ForgejoRestorerIT {
    private static final RestoreMark MARK = new RestoreMark("6a2f41a3-c54c-4ce8-9f2b-9d1f6c1ee0aa", "20261121T030000Z");

    @TempDir
    Path folder;

    private final String volume = "foundation-data-" + UUID.randomUUID();
    private byte[] archive;
    private JsonNode facts;

    @BeforeEach
    void makeVolumeAndArchive() throws Exception {
        Assumptions.assumeTrue(TinyImage.dockerRuns(), "Docker does not run here");
        TinyImage.DOCKER.run("make the test's volume", List.of("volume", "create", volume));
        Path source = Files.createDirectories(folder.resolve("source"));
        sh(source, """
                mkdir -p git/repositories/o data/ssh empty
                git init -q --bare -b main git/repositories/o/r.git
                echo '#!/bin/sh' > git/repositories/o/r.git/hooks/post-receive
                chmod 0755 git/repositories/o/r.git/hooks/post-receive
                head -c 3000000 /dev/urandom > data/blob
                echo key > data/ssh/gitea.rsa; chmod 0600 data/ssh/gitea.rsa
                ln -s ../blob data/link; ln data/blob data/hard; echo own > 'data/ünï x'
                touch -d '2001-02-03T04:05:06Z' data/blob
                echo 'a mark that must not travel' > foundation-restore
                chown -R 1000:1000 .; chmod 0750 .
                """);
        Files.writeString(folder.resolve("app.ini"), "[server]\n");
        try (var artifact = new ForgejoVolume(
                source, folder.resolve("app.ini"), Exclusion.FORGEJO, tar -> ParallelZstd.compress(tar, 1))) {
            archive = artifact.content().readAllBytes();
            facts = artifact.facts();
        }
        Files.delete(source.resolve("foundation-restore"));
    }

    @AfterEach
    void removeVolume() throws Exception {
        if (TinyImage.dockerRuns()) {
            TinyImage.DOCKER.run("remove the test's volume", List.of("volume", "rm", "--force", volume));
        }
    }

    @ParameterizedTest(name = "GNU tar in the image: {0}")
    @ValueSource(booleans = {true, false})
    void theVolumeIsAsItWasAndARestoreThatBrokeOffIsDoneAgain(boolean gnuTar) throws Exception {
        var programs = new ArrayList<>(List.of("/usr/bin/find", "/bin/rm", "/bin/chown", "/bin/chmod"));
        if (gnuTar) {
            programs.add("/bin/tar");
        }
        try (var image = TinyImage.of(programs.toArray(String[]::new))) {
            var restorer = new ForgejoRestorer(TinyImage.DOCKER, volume, image.name(), event -> {});
            Path there = Path.of(TinyImage.DOCKER
                    .run("find the volume", List.of("volume", "inspect", "--format", "{{.Mountpoint}}", volume))
                    .text());
            Assumptions.assumeTrue(Files.isReadable(there), "the volume's files are not to be seen from here");

            Files.writeString(there.resolve("mine"), "x");
            assertThatThrownBy(() -> restorer.restore(MARK, whole(), facts, 1000, 1000))
                    .hasMessageContaining("not empty (mine)")
                    .hasMessageContaining("nothing was touched");
            Files.delete(there.resolve("mine"));
            assertThatThrownBy(() -> restorer.restore(MARK, whole(), facts, 33, 33))
                    .hasMessageContaining("1000:1000")
                    .hasMessageContaining("33:33");
            assertThatThrownBy(() -> restorer.restore(
                            MARK,
                            () -> new ByteArrayInputStream(Arrays.copyOf(archive, archive.length - 9)),
                            facts,
                            1000,
                            1000))
                    .isInstanceOf(IOException.class);
            assertThat(there).isEmptyDirectory();

            var opened = new AtomicInteger();
            PlainSource breaks = () -> opened.incrementAndGet() == 2
                    ? new SequenceInputStream(new ByteArrayInputStream(archive, 0, archive.length / 2), new Broken())
                    : new ByteArrayInputStream(archive);
            assertThatThrownBy(() -> restorer.restore(MARK, breaks, facts, 1000, 1000))
                    .hasMessageContaining("the disk is gone");
            assertThat(there.resolve("foundation-restore")).content().contains("begun");
            Files.writeString(there.resolve("left over"), "of the run that broke off");

            var restored = restorer.restore(MARK, whole(), facts, 1000, 1000);
            assertThat(restored.bytes()).isEqualTo(facts.path("bytes").asLong());
            assertThat(there.resolve("foundation-restore"))
                    .content()
                    .contains(MARK.point() + " of")
                    .contains("finished");
            Files.delete(there.resolve("foundation-restore"));
            assertThat(listing(there)).isEqualTo(listing(folder.resolve("source")));
        }
    }

    @Test
    void aFinishedRestoreIsLeftAlone() throws Exception {
        try (var image = TinyImage.of("/usr/bin/find", "/bin/rm", "/bin/tar")) {
            var restorer = new ForgejoRestorer(TinyImage.DOCKER, volume, image.name(), event -> {});
            restorer.restore(MARK, whole(), facts, 1000, 1000);
            PlainSource never = () -> {
                throw new IOException("must not be read");
            };
            restorer.restore(MARK, never, facts, 1000, 1000);
            var other = new RestoreMark(MARK.instance(), "20261122T030000Z");
            assertThatThrownBy(() -> restorer.restore(other, never, facts, 1000, 1000))
                    .hasMessageContaining("nothing was touched");
        }
    }

    private PlainSource whole() {
        return () -> new ByteArrayInputStream(archive);
    }

    private static String listing(Path of) throws Exception {
        return sh(
                of,
                "find . -printf '%p %M %U %G %l %n\\n' | grep -v '^. ' | sort; stat -c '%a %u %g' .;"
                        + " stat -c %Y data/blob; find . -type f -exec sha256sum {} + | sort");
    }

    private static String sh(Path in, String script) throws Exception {
        var done = Processes.run(
                Command.of(List.of("bash", "-e", "-c", script)).in(in).withEnvironment(Map.of("LC_ALL", "C.UTF-8")));
        assertThat(done.exit()).as(done.errors()).isZero();
        return done.text();
    }

    private static final class Broken extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the disk is gone");
        }
    }
}
