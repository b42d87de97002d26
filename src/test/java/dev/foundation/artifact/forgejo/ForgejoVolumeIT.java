package dev.foundation.artifact.forgejo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.artifact.tar.TarEntry;
import dev.foundation.artifact.tar.TarReader;
import dev.foundation.process.Command;
import dev.foundation.process.Input;
import dev.foundation.process.Processes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the real git and tar. Names with any bytes are made and compared by a script, for Java's own view of them depends on the locale. */
@Timeout(300)
final class ForgejoVolumeIT {
    private static final Function<InputStream, InputStream> PLAIN = in -> in;

    @TempDir
    Path folder;

    private Path volume;

    @BeforeEach
    void volume() throws Exception {
        volume = Files.createDirectories(folder.resolve("volume"));
        sh("""
                mkdir -p git/repositories/o data/ssh data/indexers/x log empty deep/$(printf 'd%.0s' $(seq 250))
                git init -q -b main work
                git -C work -c user.name=n -c user.email=e@x commit -q --allow-empty -m one
                git -C work branch other
                git clone -q --bare work git/repositories/o/r.git
                git -C git/repositories/o/r.git pack-refs --all
                git -C work -c user.name=n -c user.email=e@x commit -q --allow-empty -m two
                git clone -q --bare work git/repositories/o/loose.git
                git init -q --bare -b main git/repositories/o/unborn.git
                git -C work rev-parse HEAD > ../loose-head; git -C work rev-parse other > ../r-head
                rm -rf work
                echo key > data/ssh/gitea.rsa; echo idx > data/indexers/x/y; echo l > log/forgejo.log
                ln -s /nonexistent/outside deep/link; ln deep/link deep/hard-of-link; echo h > deep/a; ln deep/a deep/b
                ln -s nowhere deep/dangling
                touch -d '2001-02-03T04:05:06.789Z' deep/a; chmod 4751 deep/a
                python3 - <<'P'
                import os, socket
                for n in (b'new\\nline', b'\\xff\\xfe bytes', b'?', b'%41', 'ü'.encode(), b'n'*255, b' space ', b'-rf', b'back\\\\slash', b'\\\\377'):
                    open(b'deep/'+n, 'wb').write(n)
                os.mkdir(b'deep/\\xe9dir'); open(b'deep/\\xe9dir/in', 'w').write('x')
                with open('deep/sparse', 'wb') as f: f.truncate(1 << 30); f.seek(1 << 29); f.write(b'middle')
                try: os.setxattr('deep/a', 'user.note', b'kept\\n')
                except OSError: pass
                s = socket.socket(socket.AF_UNIX); s.bind('deep/sock')
                os.mkfifo('deep/fifo')
                if os.getuid() == 0: os.chown('deep/b', 1000, 123456)
                P
                """);
        Files.writeString(folder.resolve("app.ini"), "[server]\n");
    }

    private String sh(String script) throws Exception {
        return run(volume, script);
    }

    private static String run(Path in, String script) throws Exception {
        var done = Processes.run(Command.of(List.of("bash", "-e", "-c", script))
                .in(in)
                .withEnvironment(Map.of("LC_ALL", "C.UTF-8", "GIT_CONFIG_GLOBAL", "/dev/null"))
                .within(Duration.ofMinutes(1)));
        assertThat(done.exit()).as(done.errors()).isZero();
        return done.text();
    }

    /** Everything that should come back: names, types, modes, owners, times, content, links, attributes. */
    private static final String LISTING = """
            import os, sys, hashlib
            for d, ds, fs in os.walk(b'.'):
                for n in sorted(ds + fs) + ([b'.'] if d == b'.' else []):
                    p = os.path.join(d, n); s = os.lstat(p)
                    if any(p == x or p.startswith(x + b'/') for x in (b'./log', b'./data/indexers', b'./deep/sock', b'./deep/fifo')): continue
                    if p == b'./app.ini': continue
                    x = [(a, os.getxattr(p, a)) for a in os.listxattr(p, follow_symlinks=False)] if not os.path.islink(p) else []
                    c = os.readlink(p) if os.path.islink(p) else hashlib.sha256(open(p, 'rb').read(1 << 20)).hexdigest() if os.path.isfile(p) else ''
                    print(p, oct(s.st_mode), s.st_uid, s.st_gid, s.st_mtime_ns, s.st_size if os.path.isfile(p) else 0, s.st_nlink if os.path.isfile(p) else 0, c, x)
            """;

    private static String listing(Path of) throws Exception {
        var done = Processes.run(Command.of(List.of("python3", "-"))
                .in(of)
                .withInput(Input.of(LISTING.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        assertThat(done.exit()).as(done.errors()).isZero();
        return done.text().lines().sorted().reduce("", (a, b) -> a + "\n" + b);
    }

    @Test
    void tarGivesBackWhatWasThere() throws Exception {
        Path archive = folder.resolve("out.tar");
        try (var artifact = new ForgejoVolume(volume, folder.resolve("app.ini"), Exclusion.FORGEJO, PLAIN)) {
            Files.copy(artifact.content(), archive);
            var facts = artifact.facts();
            assertThat(facts.path("appIni").asBoolean()).isTrue();
            assertThat(facts.path("sshHostKeys").asInt()).isEqualTo(1);
            assertThat(facts.path("special").asInt()).isEqualTo(2);
            assertThat(facts.path("changed").asInt()).isZero();
            assertThat(facts.path("warnings").size()).isZero();
            assertThat(facts.path("excluded").size()).isEqualTo(Exclusion.FORGEJO.size());
            var repositories = facts.path("repositories");
            assertThat(repositories.size()).isEqualTo(3);
            assertThat(repositories
                            .path("git/repositories/o/r.git")
                            .path("commit")
                            .asText())
                    .isEqualTo(Files.readString(folder.resolve("r-head")).strip());
            assertThat(repositories
                            .path("git/repositories/o/loose.git")
                            .path("commit")
                            .asText())
                    .isEqualTo(Files.readString(folder.resolve("loose-head")).strip());
            assertThat(repositories.path("git/repositories/o/unborn.git").toString())
                    .isEqualTo("{\"branch\":\"refs/heads/main\",\"commit\":\"\"}");
            try (InputStream again = Files.newInputStream(archive)) {
                assertThat(facts.toString())
                        .startsWith(VolumeIndex.read(again).facts().toString().replaceFirst("}$", ""));
            }
        }
        // A sparse file of 1 GiB must not travel with its holes.
        assertThat(Files.size(archive)).isLessThan(5_000_000);
        Path restored = Files.createDirectories(folder.resolve("restored"));
        run(
                restored,
                "tar --extract --xattrs --xattrs-include='*' --acls --numeric-owner --same-owner -p -f ../out.tar");
        assertThat(listing(restored)).isEqualTo(listing(volume));
        assertThat(run(restored, "stat -c %b deep/sparse; cat app.ini").lines().toList())
                .last()
                .isEqualTo("[server]");
        assertThat(Long.parseLong(run(restored, "stat -c %b deep/sparse"))).isLessThan(1000);
        assertThat(run(restored, "stat -c %i deep/a deep/b").lines().distinct().count())
                .isEqualTo(1);
    }

    @Test
    void referencesComeBeforeObjectsInEachRepository() throws Exception {
        var names = new ArrayList<String>();
        try (var artifact = new ForgejoVolume(volume, Exclusion.FORGEJO, PLAIN)) {
            TarReader.read(artifact.content(), entry -> {
                names.add(entry.name());
                return Optional.empty();
            });
        }
        for (String name : List.of("r", "loose")) {
            String repository = "./git/repositories/o/" + name + ".git/";
            int objects = names.indexOf(repository + "objects/");
            assertThat(objects).isPositive();
            var before = names.subList(0, objects);
            assertThat(names.subList(objects, names.size()))
                    .noneMatch(each -> each.startsWith(repository) && !each.startsWith(repository + "objects/"));
            assertThat(before)
                    .contains(repository + "HEAD")
                    .noneMatch(each -> each.startsWith(repository + "objects/"));
            assertThat(before.indexOf(repository + "refs/heads/"))
                    .isLessThan(before.indexOf(repository + "packed-refs"));
        }
        assertThat(names).contains("./deep/\\xff\\xfe bytes", "./deep/new\nline", "./deep/\\\\377", "./empty/");
        assertThat(names).noneMatch(each -> each.contains("indexers") || each.startsWith("./log"));
    }

    @Test
    void entriesKeepOwnersModesAndLinks() throws Exception {
        var entries = new ArrayList<TarEntry>();
        try (var artifact = new ForgejoVolume(volume, List.of(), PLAIN)) {
            TarReader.read(artifact.content(), entry -> {
                entries.add(entry);
                return Optional.empty();
            });
        }
        assertThat(entries)
                .filteredOn(e -> e.name().equals("./deep/dangling"))
                .first()
                .satisfies(link -> {
                    assertThat(link.type()).isEqualTo(TarEntry.Type.SYMBOLIC_LINK);
                    assertThat(link.link()).isEqualTo("nowhere");
                });
        assertThat(entries)
                .filteredOn(e -> e.type() == TarEntry.Type.HARD_LINK && e.name().startsWith("./deep/"))
                .hasSize(2);
        assertThat(entries)
                .filteredOn(e -> e.name().equals("./deep/sparse"))
                .first()
                .satisfies(sparse -> assertThat(sparse.size()).isEqualTo(1L << 30));
        assertThat(entries).anySatisfy(e -> assertThat(e.modified().getNano()).isEqualTo(789_000_000));
    }

    @Test
    void aCutArchiveIsRefused() throws Exception {
        byte[] tar;
        try (var artifact = new ForgejoVolume(volume, List.of(), PLAIN)) {
            tar = artifact.content().readAllBytes();
        }
        for (int length : new int[] {0, 100, 512, 5000, tar.length / 2, tar.length - 65536}) {
            assertThatThrownBy(() -> VolumeIndex.read(new ByteArrayInputStream(tar, 0, length)))
                    .as("cut to %d", length)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatCannotBeReadFailsTheStream() throws Exception {
        assertThatThrownBy(() -> new ForgejoVolume(folder.resolve("none"), List.of(), PLAIN).content())
                .hasMessageContaining("is it mounted?");
        try (var artifact = new ForgejoVolume(volume, List.of(), PLAIN)) {
            assertThat(artifact.content().readNBytes(1000)).hasSize(1000);
            assertThatThrownBy(artifact::facts).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void filesThatComeAndGoMeanwhileAreCountedAndDoNotFail() throws Exception {
        var stop = new java.util.concurrent.atomic.AtomicBoolean();
        Path busy = Files.createDirectories(volume.resolve("busy"));
        var writer = Thread.ofPlatform().start(() -> {
            for (int i = 0; !stop.get(); i++) {
                try {
                    Files.writeString(busy.resolve("f" + i % 200), "x".repeat(i % 5000));
                    Files.deleteIfExists(busy.resolve("f" + (i + 100) % 200));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        });
        try {
            for (int i = 0; i < 10; i++) {
                try (var artifact = new ForgejoVolume(volume, Exclusion.FORGEJO, PLAIN)) {
                    VolumeIndex.read(artifact.content());
                    assertThat(artifact.facts().path("warnings").size()).isZero();
                }
            }
        } finally {
            stop.set(true);
            writer.join();
        }
    }

    @Test
    void aReferenceWithoutItsObjectIsFound() throws Exception {
        assertThat(GitCheck.run(volume)).isEqualTo(new GitCheck.Result(3, 4, List.of()));
        String missing = "0123456789012345678901234567890123456789";
        Files.writeString(volume.resolve("git/repositories/o/loose.git/refs/heads/gone"), missing + "\n");
        run(volume, "rm -r git/repositories/o/r.git/objects/*");
        // What a restore in place has kept is in no backup, and may be the very thing that was broken.
        run(volume, "mkdir foundation-before && cp -a git/repositories/o/loose.git foundation-before/");
        var result = GitCheck.run(volume);
        assertThat(result.repositories()).isEqualTo(3);
        assertThat(result.findings())
                .anySatisfy(finding -> assertThat(finding.toString())
                        .contains("git/repositories/o/loose.git")
                        .contains("refs/heads/gone"))
                .anySatisfy(finding -> assertThat(finding.repository()).isEqualTo("git/repositories/o/r.git"))
                .noneSatisfy(finding -> assertThat(finding.repository()).startsWith("foundation-before"));
    }
}
