package dev.foundation.cli;

import dev.foundation.spec.ServiceName;
import dev.foundation.spec.SpecDraft;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How one service is.
 *
 * @param image the whole reference; empty without a container
 * @param reason why it is not healthy, and where to look
 */
record ServiceStatus(
        ServiceName service,
        State state,
        Optional<String> reason,
        String version,
        String image,
        List<Integer> ports,
        Optional<Instant> since) {

    enum State {
        HEALTHY,
        STARTING,
        UNHEALTHY,
        STOPPED,
        MISSING,
        OFF
    }

    ServiceStatus {
        ports = List.copyOf(ports);
    }

    boolean fine(boolean wantedRunning) {
        return switch (state) {
            case HEALTHY, OFF -> true;
            case STOPPED, MISSING -> !wantedRunning;
            case STARTING, UNHEALTHY -> false;
        };
    }

    /** What serves, where a choice stands behind the service's name. */
    Optional<String> product(SpecDraft draft) {
        return switch (service) {
            case S3 ->
                draft.engine().map(engine -> switch (engine) {
                    case RUSTFS -> "RustFS";
                    case VERSITYGW -> "versitygw";
                });
            case FORGEJO ->
                draft.product().map(product -> switch (product) {
                    case FORGEJO -> "Forgejo";
                    case GITEA -> "Gitea";
                });
            case VAULT, UNSEALER, POSTGRES, RUNNER, BACKUP, PRUNER -> Optional.empty();
        };
    }

    static ServiceStatus off(ServiceName service, String reason) {
        return new ServiceStatus(service, State.OFF, Optional.of(reason), "", "", List.of(), Optional.empty());
    }

    /** There is no container. */
    static ServiceStatus missing(ServiceName service, boolean wantedRunning) {
        String reason = wantedRunning ? "there is no container: run `./foundation up`" : "down, as asked";
        return new ServiceStatus(service, State.MISSING, Optional.of(reason), "", "", List.of(), Optional.empty());
    }

    /** @param answer what the service itself says against it, such as "sealed"; empty if it says nothing, or was not asked */
    static ServiceStatus of(ServiceName service, ContainerState container, Optional<String> answer) {
        String logs = "; see: docker logs " + container.name();
        State state;
        Optional<String> reason;
        if (!container.status().equals("running")) {
            state = State.STOPPED;
            String memory = container.outOfMemory() ? ", out of memory: raise its memory" : "";
            reason = Optional.of(container.status() + " with exit code " + container.exitCode() + memory + logs);
        } else if (answer.isPresent()) {
            state = State.UNHEALTHY;
            reason = answer;
        } else if (container.health().equals(Optional.of("unhealthy"))) {
            state = State.UNHEALTHY;
            String said = container.lastCheck().isEmpty() ? "its health check fails" : container.lastCheck();
            reason = Optional.of(said + logs);
        } else if (container.health().equals(Optional.of("starting"))) {
            state = State.STARTING;
            reason = Optional.of("its health check has not passed yet");
        } else {
            state = State.HEALTHY;
            reason = Optional.empty();
        }
        return new ServiceStatus(
                service,
                state,
                reason,
                container.version(),
                container.image(),
                List.copyOf(container.ports()),
                container.since());
    }
}
