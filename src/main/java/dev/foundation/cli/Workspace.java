package dev.foundation.cli;

import dev.foundation.pulumi.Pulumi;
import dev.foundation.pulumi.PulumiSetting;
import dev.foundation.secret.PassphraseSource;
import dev.foundation.spec.ConfigSyntaxException;
import dev.foundation.spec.Configuration;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.spec.InstanceName;
import dev.foundation.spec.InvalidConfigException;
import dev.foundation.spec.SpecDraft;
import dev.foundation.spec.SpecParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every command works on: the repository, the environment, the terminal, and what makes parts ready.
 *
 * @param repository the clone; holds {@code Pulumi.foundation.yaml}
 */
public record Workspace(Path repository, Map<String, String> environment, Terminal terminal, Preparation preparation) {
    public Workspace {
        environment = Map.copyOf(environment);
    }

    Path stackFile() {
        return repository.resolve("Pulumi." + Pulumi.STACK + ".yaml");
    }

    /** Reads the stack's file anew. Needs neither Pulumi nor the passphrase. */
    Configuration configuration() throws IOException, ConfigSyntaxException {
        try {
            return Configuration.ofStackFile(Files.readString(stackFile()));
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "the configuration " + stackFile() + " is not there: take it from the last commit (git checkout)");
        }
    }

    /** The file, checked: all that is wrong with it at once. */
    SpecDraft draft() throws IOException, ConfigSyntaxException, InvalidConfigException {
        return SpecParser.draft(configuration());
    }

    /** A draft that has been set up; else says that {@code up} comes first. */
    SpecDraft settledDraft() throws IOException, ConfigSyntaxException, InvalidConfigException {
        SpecDraft draft = draft();
        if (!draft.settled()) {
            throw new IOException("this foundation is not set up yet: run `./foundation up` first");
        }
        return draft;
    }

    PassphraseSource passphrase(InstanceName instance) {
        return PassphraseSource.find(environment, preparation.passphraseFile(instance), repository);
    }

    /** Where Pulumi's state is (K4): as the environment says, else the configuration, else a folder of this machine. */
    String backendUrl(SpecDraft draft) {
        return Optional.ofNullable(environment.get("PULUMI_BACKEND_URL"))
                .filter(url -> !url.isBlank())
                .or(draft::stateBackend)
                .orElseGet(() -> preparation.backendUrl(draft.provisional().instance()));
    }

    /** Pulumi for this instance; its tools are made ready if they are not. */
    Pulumi pulumi(SpecDraft draft, Site site) throws IOException, InterruptedException {
        return new Pulumi(setting(draft, site), environment, terminal.err());
    }

    /** As {@link #pulumi(SpecDraft, Site)}, for another stack of the project. */
    Pulumi pulumi(PulumiSetting setting, String stack) {
        return new Pulumi(setting, environment, terminal.err(), stack);
    }

    /** What surrounds the Pulumi CLI, whoever starts it. */
    PulumiSetting setting(SpecDraft draft, Site site) throws IOException, InterruptedException {
        Preparation.Toolset tools = preparation.tools(site);
        return new PulumiSetting(
                tools.pulumi(),
                tools.environment(),
                repository,
                backendUrl(draft),
                passphrase(draft.provisional().instance()));
    }

    /** Folders of this host that may hold points where there is no off-site store. */
    List<Path> pointFolders(FoundationSpec spec) {
        List<Path> folders = new ArrayList<>();
        spec.backup().folder().map(Path::of).ifPresent(folders::add);
        folders.add(preparation.stateFolder(spec.instance()).resolve("points"));
        return folders;
    }

    static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "this host";
        }
    }
}
