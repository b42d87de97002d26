package dev.foundation.stack;

import com.pulumi.core.Output;
import com.pulumi.docker.Network;
import com.pulumi.docker.RemoteImage;
import com.pulumi.docker.RemoteImageArgs;
import com.pulumi.docker.Volume;
import com.pulumi.docker.VolumeArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.ImageRef;
import dev.foundation.spec.Memory;
import dev.foundation.spec.ServiceName;
import dev.foundation.stack.binding.foundation.FixedChoice;
import dev.foundation.stack.binding.foundation.RandomSecret;
import dev.foundation.stack.binding.foundation.VolumeFiles;
import java.util.List;
import java.util.Map;

/**
 * One component's view of the stack: it names and parents what the component makes. Every name starts with the instance's prefix (S1), every
 * child's with its component's.
 */
record Scope(FoundationSpec spec, ServiceName service, ComponentResource component, Network network) {
    /** {@code <instance>-<service>}. */
    String name() {
        return spec.instance().named(service.container());
    }

    /** {@code <instance>-<service>-<part>}; without a part that of the service. */
    String name(String part) {
        return part.isEmpty() ? name() : name() + "-" + part;
    }

    /** The name on Docker of the service's container. */
    String onDocker() {
        return spec.onDocker().named(service.container());
    }

    /** The same of one of its volumes or further containers. */
    String onDocker(String part) {
        return part.isEmpty() ? onDocker() : onDocker() + "-" + part;
    }

    CustomResourceOptions.Builder options(Resource... after) {
        return CustomResourceOptions.builder().parent(component).dependsOn(after);
    }

    CustomResourceOptions.Builder options(List<Resource> after) {
        return CustomResourceOptions.builder().parent(component).dependsOn(after);
    }

    /** The image, kept on the host when the stack goes: it is a cache of the launcher's (S3). */
    Image image(ImageRef reference) {
        Output<String> id = new RemoteImage(
                        name("image"),
                        RemoteImageArgs.builder()
                                .name(reference.value())
                                .keepLocally(true)
                                .build(),
                        options().build())
                .imageId();
        return new Image(reference, id);
    }

    /** A volume that holds data: protected, so that a plain destroy refuses (S2). */
    Volume dataVolume(String part) {
        return new Volume(
                name(part),
                VolumeArgs.builder().name(onDocker(part)).build(),
                options().protect(true).build());
    }

    /** A choice under this service's data: what writes the data must come after it, so that a change is refused before it. */
    FixedChoice fixed(String part, String key, String choice) {
        return new FixedChoice(
                name(part),
                new FixedChoice.Args().key(key).choice(choice),
                options().protect(true).build());
    }

    /** A volume that the program can fill again at any time. */
    Volume filesVolume(String part) {
        return new Volume(
                name(part),
                VolumeArgs.builder().name(onDocker(part)).build(),
                options().build());
    }

    /** Files on a volume of their own, mode 0400, for one user (K5). The image only lends its name: nothing of it runs. */
    VolumeFiles files(String part, Volume volume, Image image, Owner owner, Output<Map<String, String>> files) {
        return new VolumeFiles(
                name(part + "-content"),
                new VolumeFiles.Args()
                        .volume(volume.name())
                        .image(image.id())
                        .files(files.asSecret())
                        .uid(owner.uid())
                        .gid(owner.gid())
                        .mode("0400"),
                options().build());
    }

    /** A generated secret; protected, since what it opens outlives it. */
    Output<String> secret(String part, String kind, int length) {
        return new RandomSecret(
                        name(part),
                        new RandomSecret.Args().kind(kind).length(length),
                        options().protect(true).build())
                .value();
    }

    ServiceContainer container(Image image, Memory memory) {
        return new ServiceContainer(this, "", service.container(), image, memory);
    }

    /**
     * What a container runs.
     *
     * @param reference as pinned, for people: the id, by which it is run, tells no version
     */
    record Image(ImageRef reference, Output<String> id) {}

    /** The user that a container's process runs as. */
    record Owner(int uid, int gid) {
        static final Owner ROOT = new Owner(0, 0);

        String user() {
            return uid + ":" + gid;
        }
    }
}
