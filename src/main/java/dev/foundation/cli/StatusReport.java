package dev.foundation.cli;

import dev.foundation.spec.Configuration;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.FoundationSpec.S3Spec.Engine;
import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.spec.ServiceName;
import dev.foundation.spec.SpecDraft;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The whole answer of {@code status}.
 *
 * @param notRecoverable every reason; empty if the foundation is recoverable
 */
record StatusReport(
        SpecDraft draft,
        String host,
        List<ServiceStatus> services,
        List<String> choices,
        BackupStatus backup,
        DrillStatus drill,
        List<String> notRecoverable) {

    /** Everything that should run is healthy, and what should not run does not. */
    boolean fine() {
        return services.stream().allMatch(service -> service.fine(spec().running()));
    }

    FoundationSpec spec() {
        return draft.provisional();
    }

    static StatusReport take(Workspace workspace, SpecDraft draft, Configuration configuration, Instant now)
            throws IOException, InterruptedException {
        FoundationSpec spec = draft.provisional();
        Map<String, ContainerState> containers = new Containers(workspace.environment())
                .inspect(Stream.of(ServiceName.values())
                        .map(service -> spec.instance().named(service.container()))
                        .toList());
        List<ServiceStatus> services = new ArrayList<>();
        for (ServiceName service : ServiceName.values()) {
            ContainerState container = containers.get(spec.instance().named(service.container()));
            Optional<String> off = whyOff(service, draft);
            if (off.isPresent()) {
                services.add(ServiceStatus.off(service, off.get()));
            } else if (container == null) {
                services.add(ServiceStatus.missing(service, spec.running()));
            } else {
                boolean ask = service == ServiceName.VAULT && container.status().equals("running");
                Optional<String> answer = ask
                        ? VaultProbe.ask(
                                reachable(spec.bindAddress()), spec.vault().port())
                        : Optional.empty();
                services.add(ServiceStatus.of(service, container, answer));
            }
        }
        BackupStatus backup = BackupStatus.ask(workspace, spec, runs(spec, containers));
        return new StatusReport(
                draft,
                Workspace.host(),
                services,
                choices(draft),
                backup,
                DrillStatus.of(workspace, spec),
                Recoverability.missing(
                        configuration,
                        workspace.repository(),
                        spec.vault().enabled(),
                        spec.backup().offSite().isPresent(),
                        backup.notOffSite(now).stream().toList()));
    }

    private static boolean runs(FoundationSpec spec, Map<String, ContainerState> containers) {
        ContainerState agent = containers.get(spec.instance().named(ServiceName.BACKUP.container()));
        return agent != null && agent.status().equals("running");
    }

    /** An address that can be dialled, where ports are bound to all of them. */
    static String reachable(String bindAddress) {
        return bindAddress.equals("0.0.0.0") || bindAddress.equals("::") ? "127.0.0.1" : bindAddress;
    }

    private static Optional<String> whyOff(ServiceName service, SpecDraft draft) {
        if (service == ServiceName.RUNNER && draft.site().equals(Optional.of(Site.SEALED))) {
            return Optional.of("left out: a sealed site has Gitea in place of Forgejo, and no runner");
        }
        return service.enabledIn(draft.provisional())
                ? Optional.empty()
                : Optional.of("switched off in Pulumi.foundation.yaml");
    }

    /** What was chosen where {@code auto} stood, and what else could be had. */
    static List<String> choices(SpecDraft draft) {
        List<String> lines = new ArrayList<>();
        draft.site()
                .ifPresent(site -> lines.add(
                        switch (site) {
                            case ONLINE -> "Site: online, parts come from their makers.";
                            case SEALED ->
                                "Site: sealed, parts are built from package registries; Gitea stands in for Forgejo.";
                        }));
        if (draft.provisional().s3().enabled()) {
            draft.engine().ifPresent(engine -> lines.add("S3: " + engineLine(engine)));
        }
        return lines;
    }

    static String engineLine(Engine engine) {
        return switch (engine) {
            case RUSTFS -> "rustfs.";
            case VERSITYGW ->
                "versitygw, because RustFS's image could not be had at once when this foundation was set up, or because"
                        + " Pulumi.foundation.yaml says so. `./foundation build rustfs` builds RustFS; this foundation keeps"
                        + " its engine once data is in it.";
        };
    }
}
