package dev.foundation.artifact.forgejo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.artifact.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code forgejo-repos.tar.zst}: the volume as a pax archive, made by GNU tar. Java knows neither sparse files, ACLs nor hard links, and reads names by
 * the locale; tar keeps all of them: numeric owners, modes, times, extended attributes, symbolic links as links, and any name's bytes.
 *
 * <p>Facts: those of {@link VolumeIndex}, and {@code excluded} (path and reason), {@code special} (sockets and pipes passed over), {@code vanished}
 * (gone before their turn), {@code changed} (how many files changed while they were read), {@code warnings} (the names of those among them that lie in
 * a repository: not empty makes the point suspicious; git renames finished files into place, so there should be none).
 */
public final class ForgejoVolume implements Artifact {
    private final Path root;
    private final Optional<Path> appIni;
    private final List<Exclusion> exclusions;
    private final Function<InputStream, InputStream> zstd;
    private final VolumeIndex index = new VolumeIndex();
    private final VolumeWalk walk;
    private @Nullable TarStream tar;
    private @Nullable InputStream content;

    /** A volume that holds its {@code app.ini} itself. */
    public ForgejoVolume(Path root, List<Exclusion> exclusions, Function<InputStream, InputStream> zstd) {
        this(root, Optional.empty(), exclusions, zstd);
    }

    /**
     * @param root the volume, mounted read-only
     * @param appIni the configuration where it lies elsewhere; it becomes the archive's first entry, {@code app.ini}
     * @param zstd compresses the archive
     */
    public ForgejoVolume(Path root, Path appIni, List<Exclusion> exclusions, Function<InputStream, InputStream> zstd) {
        this(root, Optional.of(appIni), exclusions, zstd);
    }

    private ForgejoVolume(
            Path root, Optional<Path> appIni, List<Exclusion> exclusions, Function<InputStream, InputStream> zstd) {
        this.root = root;
        this.appIni = appIni;
        this.exclusions = List.copyOf(exclusions);
        this.zstd = zstd;
        this.walk = new VolumeWalk(root, exclusions);
    }

    @Override
    public String name() {
        return "forgejo-repos.tar.zst";
    }

    @Override
    public synchronized InputStream content() throws IOException {
        if (content == null) {
            if (!Files.isDirectory(root)) {
                throw new IOException("Forgejo's volume is not there: " + root + " is no folder; is it mounted?");
            }
            if (appIni.isPresent() && !Files.isRegularFile(appIni.get())) {
                throw new IOException(
                        "Forgejo's app.ini is not there: " + appIni.get() + " is no file; is it mounted?");
            }
            tar = new TarStream(root, walk, appIni, index);
            content = zstd.apply(tar);
        }
        return content;
    }

    @Override
    public synchronized ObjectNode facts() {
        if (tar == null || !tar.ended()) {
            throw new IllegalStateException("the volume has not been read to its end");
        }
        ObjectNode facts = index.facts();
        var left = facts.putArray("excluded");
        exclusions.forEach(each -> left.addObject().put("path", each.path()).put("reason", each.reason()));
        TarMessages messages = tar.messages();
        facts.put("special", walk.special());
        facts.put("vanished", walk.vanished() + messages.vanished());
        facts.put("changed", messages.changes());
        var warnings = facts.putArray("warnings");
        messages.changed().stream().filter(name -> name.contains(".git/")).forEach(warnings::add);
        return facts;
    }

    @Override
    public synchronized void close() throws IOException {
        if (tar != null) {
            tar.close();
        }
        if (content != null) {
            content.close();
        }
    }
}
