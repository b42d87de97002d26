package dev.foundation.cli;

import dev.foundation.pulumi.Pulumi;
import dev.foundation.recover.Progress;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.ServiceName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Never into a foundation that is there: refuses where this instance runs, has volumes, or is known to the state, unless that is our own unfinished work. */
final class RecoveryGuard {
    private final Containers containers;
    private final FoundationSpec spec;

    RecoveryGuard(Containers containers, FoundationSpec spec) {
        this.containers = containers;
        this.spec = spec;
    }

    /** What of this instance Docker holds here. */
    List<String> found() throws IOException, InterruptedException {
        List<String> found = new ArrayList<>();
        containers.ofInstance(spec.instance().value()).forEach(name -> found.add("container " + name));
        containers.volumes().stream().filter(this::ours).forEach(name -> found.add("volume " + name));
        return found;
    }

    /** By the names of the services' volumes: another instance's name may begin as ours. */
    private boolean ours(String volume) {
        return Arrays.stream(ServiceName.values())
                .anyMatch(service -> volume.startsWith(spec.instance().named(service.container()) + "-"));
    }

    /**
     * @param left our own unfinished recovery
     * @param own the stack of the foundation
     * @param recovery the stack of the recovery
     * @throws Refused if anything here is not that recovery's
     */
    void pass(Optional<Progress> left, Pulumi own, Pulumi recovery) throws IOException, InterruptedException {
        boolean renaming = left.filter(each -> each.has(Progress.Step.UP)).isPresent();
        if (own.stackExists() && !renaming) {
            throw new Refused(
                    "the state on this machine knows the foundation \"" + spec.instance()
                            + "\": a recovery is for a machine that has none. `./foundation up` mends what is there. Nothing was touched.");
        }
        boolean unfinished = left.filter(each -> each.has(Progress.Step.PROVED)).isPresent();
        if (!unfinished && recovery.stackExists()) {
            throw new Refused("the state on this machine has a stack " + Pulumi.RECOVERY
                    + ", but no unfinished recovery is known here: if nothing of it is needed, take it away with"
                    + " `pulumi stack rm " + Pulumi.RECOVERY + " --force`. Nothing was touched.");
        }
        boolean begun = left.filter(each -> each.has(Progress.Step.PREPARED)).isPresent();
        List<String> found = begun ? List.of() : found();
        if (!found.isEmpty()) {
            throw new Refused("this machine has parts of a foundation \"" + spec.instance() + "\" already ("
                    + String.join(", ", found.subList(0, Math.min(5, found.size())))
                    + (found.size() > 5 ? ", and " + (found.size() - 5) + " more" : "")
                    + "): nothing is ever restored over data. Recover on a fresh machine, or remove them by hand"
                    + " if they are nothing that anyone needs. Nothing was touched.");
        }
    }
}
