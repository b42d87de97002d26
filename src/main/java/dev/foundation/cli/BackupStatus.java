package dev.foundation.cli;

import dev.foundation.spec.FoundationSpec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How the backups are, as far as a short question can tell. */
sealed interface BackupStatus {
    /** An off-site copy older than this no longer counts: two daily runs have failed. */
    Duration FRESH = Duration.ofDays(2);

    Duration PATIENCE = Duration.ofSeconds(5);

    /** Backups are switched off, or the whole foundation is down. */
    record Off(String why) implements BackupStatus {}

    record Silent(String why) implements BackupStatus {}

    record Known(PointList list) implements BackupStatus {}

    /** Never fails, and takes seconds at most. */
    static BackupStatus ask(Workspace workspace, FoundationSpec spec, boolean containerRuns) {
        if (!spec.backup().enabled()) {
            return new Off("backups are switched off in Pulumi.foundation.yaml");
        }
        if (!spec.running()) {
            return new Off("the foundation is down");
        }
        if (!containerRuns) {
            return new Silent("the backup agent does not run");
        }
        try {
            return new Known(AgentJson.as(
                    PointList.class,
                    AgentJson.tree(AgentDoor.agent(workspace, spec).get("/points", PATIENCE))));
        } catch (IOException e) {
            return new Silent(String.valueOf(e.getMessage()));
        }
    }

    /** Why no copy that counts lies in another failure domain (R2.2); empty if one does. */
    default Optional<String> notOffSite(Instant now) {
        return switch (this) {
            case Off off -> Optional.of("no copy lies off-site: " + off.why());
            case Silent silent -> Optional.of("whether a copy lies off-site could not be asked: " + silent.why());
            case Known known -> {
                PointList list = known.list();
                if (list.offSiteWithin(FRESH, now)) {
                    yield Optional.empty();
                }
                yield Optional.of(
                        list.places().stream().noneMatch(PointList.Place::offSite)
                                ? "no copy lies off-site: foundation:backup.offsite is not configured"
                                : "no complete point of the last " + FRESH.toHours()
                                        + " hours lies off-site: `./foundation points` says where they are");
            }
        };
    }
}
