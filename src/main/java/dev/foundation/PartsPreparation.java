package dev.foundation;

import dev.foundation.cli.BuildCommand;
import dev.foundation.cli.Preparation;
import dev.foundation.parts.Engines;
import dev.foundation.parts.Locations;
import dev.foundation.parts.SiteProbe;
import dev.foundation.parts.Tools;
import dev.foundation.parts.Workshop;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.FoundationSpec.S3Spec.Engine;
import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.spec.ImageRef;
import dev.foundation.spec.InstanceName;
import dev.foundation.spec.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Joins the command line to the room that makes parts ready. */
final class PartsPreparation implements Preparation {
    private final BuildCommand.Opener opener;
    private final Locations locations;

    PartsPreparation(BuildCommand.Opener opener, Locations locations) {
        this.opener = opener;
        this.locations = locations;
    }

    @Override
    public void docker() throws IOException, InterruptedException {
        opener.open().docker().ensure();
    }

    @Override
    public Finding<Site> site() throws IOException, InterruptedException {
        SiteProbe.Result found = opener.open().probe().probe();
        return new Finding<>(found.site(), found.line());
    }

    @Override
    public Finding<Engine> engine(Site site) throws IOException, InterruptedException {
        Engines.Choice choice = opener.open().engines(site).auto(site);
        return new Finding<>(choice.engine(), choice.line());
    }

    @Override
    public Toolset tools(Site site) throws IOException, InterruptedException {
        Tools tools = opener.open().toolbox().prepare(site);
        return new Toolset(tools.pulumi(), tools.environment());
    }

    @Override
    public void images(FoundationSpec spec) throws IOException, InterruptedException {
        Workshop workshop = opener.open();
        workshop.images(spec.site())
                .prepare(wanted(spec, Program.catalogue(spec, workshop.versions(), locations.repository())));
    }

    /** The images of the services that are on, each once. */
    private static List<ImageRef> wanted(FoundationSpec spec, dev.foundation.stack.Images pinned) {
        List<ImageRef> wanted = new ArrayList<>();
        if (spec.vault().enabled()) {
            wanted.add(spec.vault().image().orElseGet(() -> pinned.of(ServiceName.VAULT)));
        }
        if (spec.postgres().enabled()) {
            wanted.add(spec.postgres().image().orElseGet(() -> pinned.of(ServiceName.POSTGRES)));
        }
        if (spec.s3().enabled()) {
            wanted.add(spec.s3().image().orElseGet(() -> pinned.of(ServiceName.S3)));
        }
        if (spec.forgejo().enabled()) {
            wanted.add(spec.forgejo().image().orElseGet(() -> pinned.of(ServiceName.FORGEJO)));
        }
        if (spec.runner().enabled()) {
            wanted.add(spec.runner().image().orElseGet(() -> pinned.of(ServiceName.RUNNER)));
        }
        if (spec.backup().enabled()) {
            wanted.add(pinned.of(ServiceName.BACKUP));
        }
        return wanted;
    }

    @Override
    public String backendUrl(InstanceName instance) {
        return locations.backendUrl(instance);
    }

    /** Nobody else gets through the folder above them; within, the agent's root has no right to override another owner's mode. */
    @Override
    public Path sharedFolders(InstanceName instance) throws IOException {
        Path above = locations.stateOf(instance);
        Files.createDirectories(above);
        Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(locations.pulumiState(instance));
        for (Path each : List.of(locations.locks(instance), locations.points(instance))) {
            Files.createDirectories(each);
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        return locations.locks(instance);
    }

    @Override
    public Path passphraseFile(InstanceName instance) {
        return locations.passphraseFile(instance);
    }

    @Override
    public Path stateFolder(InstanceName instance) {
        return locations.stateOf(instance);
    }
}
