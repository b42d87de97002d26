package dev.foundation.cli;

import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.FoundationSpec.S3Spec.Engine;
import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.spec.ImageRef;
import dev.foundation.spec.InstanceName;
import dev.foundation.spec.ServiceName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What must be ready before Pulumi runs; {@code Main} wires the rooms that make it so. Each method shows its own progress, does nothing
 * when all is there, and throws an {@code IOException} with a message for people.
 */
public interface Preparation {

    /** Sees to it that a Docker Engine answers. */
    void docker() throws IOException, InterruptedException;

    /** Looks whether the makers' registries answer. */
    Finding<Site> site() throws IOException, InterruptedException;

    /** The S3 server for {@code s3.engine: auto}. */
    Finding<Engine> engine(Site site) throws IOException, InterruptedException;

    /** Pulumi's CLI and plugins, fetched or built if they are not there. */
    Toolset tools(Site site) throws IOException, InterruptedException;

    /** Every image that this foundation runs. */
    void images(FoundationSpec spec) throws IOException, InterruptedException;

    /** The image that a service runs, as {@link #images} makes it ready. */
    ImageRef image(FoundationSpec spec, ServiceName service) throws IOException, InterruptedException;

    /** Pulumi's state, where the environment names none. */
    String backendUrl(InstanceName instance);

    /** The passphrase's file, where the environment names none. */
    Path passphraseFile(InstanceName instance);

    /** Where this machine keeps what belongs to the instance: for its owner alone, outside the repository. It may not be there yet. */
    Path stateFolder(InstanceName instance);

    /**
     * The folders of this machine that containers mount, made where they are missing: Docker would make them as root's.
     *
     * @return the one with the run lock (S6)
     */
    Path sharedFolders(InstanceName instance) throws IOException;

    /** @param line one sentence for people: what was found, and why */
    record Finding<T>(T value, String line) {}

    /** @param environment what a process that runs Pulumi needs over its own environment */
    record Toolset(Path pulumi, Map<String, String> environment) {}
}
