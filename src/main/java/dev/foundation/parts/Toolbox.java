package dev.foundation.parts;

import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.spec.Versions;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Makes the Pulumi CLI, its Java language host and the plugins ready. When all of it is there, {@link #prepare} looks at a few files and
 * starts no process.
 */
public final class Toolbox {
    private final Locations locations;
    private final Machine machine;
    private final Path javaHome;
    private final PartBuilder builder;
    private final Recipes recipes;
    private final OfficialCli official;
    private final Plugins plugins;

    Toolbox(
            Locations locations,
            Versions versions,
            Machine machine,
            Path javaHome,
            PartBuilder builder,
            OfficialCli official,
            Plugins plugins) {
        this.locations = locations;
        this.machine = machine;
        this.javaHome = javaHome;
        this.builder = builder;
        this.recipes = new Recipes(versions, locations.repository());
        this.official = official;
        this.plugins = plugins;
    }

    /**
     * The tools of this site, built or fetched if they are not there yet.
     *
     * @throws PartUnavailable if a tool can't be had; what is finished stays
     */
    public Tools prepare(Site site) throws IOException, InterruptedException {
        Path folder = switch (site) {
            case ONLINE -> official.prepare();
            case SEALED ->
                together(
                        builder.prepare(recipes.recipe("pulumi")),
                        builder.prepare(recipes.recipe("pulumi-language-java")));
        };
        Tools tools = tools(folder);
        for (String plugin : Plugins.NAMES) {
            plugins.prepare(plugin, site, tools);
        }
        return tools;
    }

    /**
     * The tools as they are; for commands that must not build or fetch. The folders named may not exist yet: {@link #prepare} or
     * {@code doctor} tell.
     */
    public Tools expected(Site site) throws IOException {
        return tools(
                switch (site) {
                    case ONLINE -> official.folder();
                    case SEALED ->
                        joined(
                                builder.folder(recipes.recipe("pulumi")),
                                builder.folder(recipes.recipe("pulumi-language-java")));
                });
    }

    /**
     * CLI and language host in one folder, as their makers ship them: from elsewhere on the path Pulumi uses a language host as well, but
     * warns at every run.
     */
    private Path together(Path cli, Path host) throws IOException {
        Path joined = joined(cli, host);
        if (Files.isDirectory(joined)) {
            return joined;
        }
        Path unfinished = locations
                .cache()
                .resolve("unfinished")
                .resolve(joined.getFileName() + "." + ProcessHandle.current().pid());
        Folders.remove(unfinished);
        Folders.copyInto(host, unfinished);
        Files.deleteIfExists(unfinished.resolve(Origin.FILE));
        Folders.copyInto(cli, unfinished);
        try {
            Files.move(unfinished, joined, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            Folders.remove(unfinished);
            if (!Files.isDirectory(joined)) { // else another run was quicker
                throw e;
            }
        }
        return joined;
    }

    private Path joined(Path cli, Path host) {
        return locations.tools().resolve(cli.getFileName() + "+" + host.getFileName());
    }

    private Tools tools(Path folder) throws IOException {
        Map<String, String> environment = new HashMap<>();
        Set<String> path = new LinkedHashSet<>();
        // The language host starts "java" from the path: ours first, which adds the flags for a quick start, then the
        // JDK's own.
        path.add(locations.repository().resolve("scripts/fast-start").toString());
        path.add(javaHome.resolve("bin").toString());
        // As Pulumi itself sees its folder, or it takes its own language host for a stranger.
        path.add((Files.isDirectory(folder) ? folder.toRealPath() : folder).toString());
        for (String other :
                machine.environment().getOrDefault("PATH", "/usr/bin:/bin").split(":", -1)) {
            path.add(other);
        }
        environment.put("PATH", String.join(":", path));
        environment.put("JAVA_HOME", javaHome.toString());
        environment.put("FOUNDATION_HOME", locations.repository().toString());
        environment.put("PULUMI_HOME", locations.pulumiHome().toString());
        // Versions are pinned in VERSIONS; a sealed site would wait for an answer that never comes.
        environment.put("PULUMI_SKIP_UPDATE_CHECK", "true");
        Files.createDirectories(locations.pulumiHome());
        return new Tools(folder.resolve("pulumi"), environment);
    }
}
