package dev.foundation.artifact.forgejo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.artifact.PlainSource;
import dev.foundation.process.Command;
import dev.foundation.process.Processes;
import dev.foundation.stream.ParallelZstd;
import dev.foundation.testing.FakeDocker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over a folder that plays the volume; the programs are real. */
@Timeout(120)
final class VolumeSwapTest {
    private static final String STAMP = "20261121T030000Z";
    private static final String ONE = "git/repositories/o/one.git";

    @TempDir
    Path folder;

    private Path volume;
    private VolumeSwap swap;
    private byte[] archive = {};
    private JsonNode facts;
    private String before = "";

    @BeforeEach
    void takeAPointAndGoOn() throws Exception {
        volume = Files.createDirectories(folder.resolve("volume"));
        sh("""
                mkdir -p git/repositories/o data .hidden
                for r in one one.wiki two; do git init -q --bare -b main git/repositories/o/$r.git; done
                echo as-of-the-point | tee git/repositories/o/one.git/word git/repositories/o/two.git/word > data/word
                ln -s word data/link; chmod 0640 data/word; chmod 0750 .
                """);
        Files.writeString(folder.resolve("app.ini"), "[server]\n");
        try (var artifact = new ForgejoVolume(
                volume, folder.resolve("app.ini"), Exclusion.FORGEJO, tar -> ParallelZstd.compress(tar, 1))) {
            archive = artifact.content().readAllBytes();
            facts = artifact.facts();
        }
        before = listing();
        sh("""
                echo since | tee git/repositories/o/one.git/word git/repositories/o/two.git/word > data/word
                git init -q --bare git/repositories/o/later.git; mkdir new-top
                """);
        var top = Files.readAttributes(volume, "unix:uid,gid");
        swap = new VolumeSwap(
                new FakeDocker(folder, volume).cli(),
                "data",
                "image",
                (Integer) top.get("uid"),
                (Integer) top.get("gid"),
                event -> {});
    }

    private PlainSource whole() {
        return () -> new ByteArrayInputStream(archive);
    }

    @Test
    void theVolumeIsAsOfThePointAndAfterTheUndoAsItWas() throws Exception {
        String since = listing();
        swap.prove(whole(), facts);
        swap.unpack(whole(), facts, STAMP, List.of());
        assertThat(listing()).isEqualTo(since);
        swap.exchange(STAMP, List.of());
        assertThat(listing()).isEqualTo(before).contains("./.hidden");
        assertThat(volume.resolve("app.ini")).doesNotExist();

        // No later point takes along what was kept.
        try (var later = new ForgejoVolume(volume, Exclusion.FORGEJO, tar -> ParallelZstd.compress(tar, 1))) {
            assertThat(later.content().readAllBytes()).isNotEmpty();
            assertThat(later.facts().path("repositories").size())
                    .isEqualTo(facts.path("repositories").size());
        }
        swap.undo(STAMP, List.of());
        assertThat(listing()).isEqualTo(since);
        assertThat(volume.resolve(VolumeSwap.KEPT + "/" + STAMP + "/after/data/word"))
                .hasContent("as-of-the-point");
    }

    @Test
    void oneRepositoryAndItsWikiAloneAreExchanged() throws Exception {
        List<String> paths = VolumeSwap.paths(facts, "O/One");
        assertThat(paths).containsExactlyInAnyOrder(ONE, "git/repositories/o/one.wiki.git");
        assertThatThrownBy(() -> VolumeSwap.paths(facts, "o/on"))
                .hasMessageContaining("the point has no repository o/on")
                .hasMessageContaining("Nothing was touched");
        assertThat(swap.size(ONE)).isPresent();
        String since = listing();
        swap.unpack(whole(), facts, STAMP, paths);
        swap.exchange(STAMP, paths);
        assertThat(volume.resolve(ONE + "/word")).hasContent("as-of-the-point");
        assertThat(volume.resolve("git/repositories/o/two.git/word")).hasContent("since");
        assertThat(volume.resolve("git/repositories/o/later.git")).exists();
        swap.undo(STAMP, paths);
        assertThat(listing()).isEqualTo(since);
    }

    @Test
    void anExchangeThatBrokeOffIsUndoneToo() throws Exception {
        String since = listing();
        swap.unpack(whole(), facts, STAMP, List.of(ONE));
        // The first path changes places, of the second nothing was unpacked.
        List<String> paths = List.of(ONE, "git/repositories/o/two.git");
        assertThatThrownBy(() -> swap.exchange(STAMP, paths)).isInstanceOf(IOException.class);
        assertThat(listing()).isNotEqualTo(since);
        swap.undo(STAMP, List.of(ONE));
        sh("mv " + VolumeSwap.KEPT + "/" + STAMP + "/old/git/repositories/o/two.git git/repositories/o/");
        assertThat(listing()).isEqualTo(since);
    }

    @Test
    void anExchangeOfAllThatWasKilledIsUndoneFromWhereverItStood() throws Exception {
        String since = listing();
        String beside = VolumeSwap.KEPT + "/" + STAMP;
        swap.unpack(whole(), facts, STAMP, List.of());
        sh("mkdir -p " + beside + "/old; mv data " + beside + "/old/"); // while the old ones go
        swap.undo(STAMP, List.of());
        assertThat(listing()).isEqualTo(since);
        sh("mkdir -p " + beside + "/old; mv data git .hidden new-top " + beside + "/old/; touch " + beside
                + "/moved; mv " + beside + "/new/data ."); // while the new ones come
        swap.undo(STAMP, List.of());
        assertThat(listing()).isEqualTo(since);
    }

    @Test
    void aDamagedArchiveLeavesNothing() throws Exception {
        String since = listing();
        assertThatThrownBy(() ->
                        swap.prove(() -> new ByteArrayInputStream(Arrays.copyOf(archive, archive.length - 9)), facts))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> swap.unpack(
                        () -> new ByteArrayInputStream(Arrays.copyOf(archive, archive.length / 2)),
                        facts,
                        STAMP,
                        List.of()))
                .isInstanceOf(IOException.class);
        swap.drop(STAMP);
        assertThat(listing()).isEqualTo(since);
        assertThat(volume.resolve(VolumeSwap.KEPT)).doesNotExist();
    }

    /** But for what was kept. */
    private String listing() throws Exception {
        return sh(
                "find . -path ./" + VolumeSwap.KEPT + " -prune -o -printf '%p %M %U %G %l\\n' | grep -v '^\\. ' | sort;"
                        + " find . -path ./" + VolumeSwap.KEPT + " -prune -o -type f -exec sha256sum {} + | sort");
    }

    private String sh(String script) throws Exception {
        var done = Processes.run(Command.of(List.of("bash", "-e", "-c", script))
                .in(volume)
                .withEnvironment(Map.of("LC_ALL", "C.UTF-8")));
        assertThat(done.exit()).as(done.errors()).isZero();
        return done.text();
    }
}
