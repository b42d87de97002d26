package dev.foundation.stack;

import com.pulumi.core.Output;
import com.pulumi.docker.Container;
import com.pulumi.docker.ContainerArgs;
import com.pulumi.docker.Volume;
import com.pulumi.docker.inputs.ContainerCapabilitiesArgs;
import com.pulumi.docker.inputs.ContainerHealthcheckArgs;
import com.pulumi.docker.inputs.ContainerLabelArgs;
import com.pulumi.docker.inputs.ContainerNetworksAdvancedArgs;
import com.pulumi.docker.inputs.ContainerPortArgs;
import com.pulumi.docker.inputs.ContainerVolumeArgs;
import com.pulumi.resources.Resource;
import dev.foundation.spec.Memory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container with the house's defaults (R1.1): no capabilities, no new privileges, a read-only root, a memory limit without swap, rotated
 * logs, restarted unless stopped, waited for until healthy. What a service needs beyond that it asks for by name.
 */
final class ServiceContainer {
    private static final int WAIT_SECONDS = 180;

    private final Scope scope;
    private final String part;
    private final String alias;
    private final Output<String> image;
    private final Memory memory;
    private Scope.Owner owner = Scope.Owner.ROOT;
    private List<String> entrypoint = List.of();
    private List<String> command = List.of();
    private final List<String> environment = new ArrayList<>();
    /**
     * Given on as one output: the SDK gathers what a property depends on in a set that is not safe for threads, and fails or forgets an edge where two
     * outputs inside one property come at the same moment.
     */
    private final List<Output<ContainerVolumeArgs>> volumes = new ArrayList<>();

    private final List<ContainerPortArgs> ports = new ArrayList<>();
    private final List<String> scratch = new ArrayList<>();
    private final List<ContainerLabelArgs> labels = new ArrayList<>();
    private final List<String> capabilities = new ArrayList<>();
    private List<String> health = List.of();
    private Optional<String> stopSignal = Optional.empty();
    private int graceSeconds = 10;
    private final List<Resource> after = new ArrayList<>();

    /** @param part what it is beside its service's own container; empty for that */
    ServiceContainer(Scope scope, String part, String alias, Scope.Image image, Memory memory) {
        this.scope = scope;
        this.part = part;
        this.alias = alias;
        this.image = image.id();
        this.memory = memory;
        label("dev.foundation.instance", Output.of(scope.spec().onDocker().value()));
        label("dev.foundation.instance-id", Output.of(scope.spec().instanceId()));
        label("dev.foundation.image", Output.of(image.reference().value()));
        label("dev.foundation.service", Output.of(scope.service().container()));
    }

    ServiceContainer user(Scope.Owner value) {
        owner = value;
        return this;
    }

    ServiceContainer entrypoint(String... value) {
        entrypoint = List.of(value);
        return this;
    }

    ServiceContainer command(String... value) {
        command = List.of(value);
        return this;
    }

    /** Never a secret: those are files (K5). */
    ServiceContainer env(String key, String value) {
        environment.add(key + "=" + value);
        return this;
    }

    ServiceContainer mount(Volume volume, String path) {
        return mount(volume, path, false);
    }

    ServiceContainer mountReadOnly(Volume volume, String path) {
        return mount(volume, path, true);
    }

    private ServiceContainer mount(Volume volume, String path, boolean readOnly) {
        volumes.add(volume.name().applyValue(name -> {
            var args = ContainerVolumeArgs.builder().volumeName(name).containerPath(path);
            return readOnly ? args.readOnly(true).build() : args.build();
        }));
        return this;
    }

    /** A folder or socket of the host. */
    ServiceContainer mountHost(String hostPath, String path) {
        volumes.add(Output.of(ContainerVolumeArgs.builder()
                .hostPath(hostPath)
                .containerPath(path)
                .build()));
        return this;
    }

    /** A folder of the host that the container may read. */
    ServiceContainer mountHostReadOnly(String hostPath, String path) {
        volumes.add(Output.of(ContainerVolumeArgs.builder()
                .hostPath(hostPath)
                .containerPath(path)
                .readOnly(true)
                .build()));
        return this;
    }

    /** The one capability that a container may have back, each with its reason at the call. */
    ServiceContainer capability(String name) {
        capabilities.add(name);
        return this;
    }

    /** A scratch folder in memory, owned by the container's user; gone with the container. */
    ServiceContainer scratch(String path) {
        scratch.add(path);
        return this;
    }

    /** @param external the port on the host, on the spec's bind address */
    ServiceContainer port(int internal, int external) {
        ports.add(ContainerPortArgs.builder()
                .internal(internal)
                .external(external)
                .ip(scope.spec().bindAddress())
                .build());
        return this;
    }

    /** A shell command that ends with 0 when the service serves. */
    ServiceContainer healthy(String shell) {
        health = List.of("CMD-SHELL", shell);
        return this;
    }

    ServiceContainer grace(String signal, int seconds) {
        stopSignal = Optional.of(signal);
        graceSeconds = seconds;
        return this;
    }

    /** Waits for these before it starts. Leaves only: depending on a component reaches no more than its own. */
    ServiceContainer after(Resource... resources) {
        after.addAll(List.of(resources));
        return this;
    }

    ServiceContainer after(List<? extends Resource> resources) {
        after.addAll(resources);
        return this;
    }

    /** Starts anew when these files change. */
    ServiceContainer restartOn(String what, Output<String> digest) {
        return label("dev.foundation.files." + what, digest);
    }

    private ServiceContainer label(String key, Output<String> value) {
        labels.add(ContainerLabelArgs.builder().label(key).value(value).build());
        return this;
    }

    /** Owner and not only mode: where the image has the folder, Docker gives the mount that folder's mode. */
    private Map<String, Object> tmpfs() {
        Map<String, Object> options = new LinkedHashMap<>();
        scratch.forEach(path -> options.put(
                path, "rw,nosuid,nodev,uid=" + owner.uid() + ",gid=" + owner.gid() + ",mode=0770,size=64m"));
        return options;
    }

    private ContainerCapabilitiesArgs capabilities() {
        ContainerCapabilitiesArgs.Builder args =
                ContainerCapabilitiesArgs.builder().drops("ALL");
        return capabilities.isEmpty() ? args.build() : args.adds(capabilities).build();
    }

    Container build() {
        ContainerArgs.Builder args = ContainerArgs.builder()
                .name(scope.onDocker(part))
                .hostname(alias)
                .image(image)
                .user(owner.user())
                .envs(environment)
                .volumes(Output.all(volumes))
                .ports(ports)
                .tmpfs(tmpfs())
                .labels(labels)
                .networkMode("bridge")
                .networksAdvanced(List.of(ContainerNetworksAdvancedArgs.builder()
                        .name(scope.network().name())
                        .aliases(alias)
                        .build()))
                .readOnly(true)
                .init(true)
                .memory(memory.mebibytes())
                .memorySwap(memory.mebibytes())
                .capabilities(capabilities())
                .securityOpts("no-new-privileges:true")
                .restart("unless-stopped")
                .logDriver("json-file")
                .logOpts(Map.of("max-size", "10m", "max-file", "3"))
                .stopTimeout(graceSeconds)
                .destroyGraceSeconds(graceSeconds)
                .healthcheck(ContainerHealthcheckArgs.builder()
                        .tests(health)
                        .interval("5s")
                        .timeout("5s")
                        .retries(6)
                        .startPeriod("1m0s")
                        .build())
                .wait_(true)
                .waitTimeout(WAIT_SECONDS);
        if (!entrypoint.isEmpty()) {
            args.entrypoints(entrypoint);
        }
        if (!command.isEmpty()) {
            args.command(command);
        }
        stopSignal.ifPresent(args::stopSignal);
        return new Container(
                scope.name(part), args.build(), scope.options(after).build());
    }
}
