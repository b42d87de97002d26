package dev.foundation.cli;

import dev.foundation.drill.Drills;
import dev.foundation.proof.Evidence;
import dev.foundation.spec.FoundationSpec;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When the loss of this machine was last rehearsed, with every check green (R4.2).
 *
 * @param last of all drills
 * @param paper of those that began with the recovery sheet (R6)
 * @param unreadable the folder of the drills, if this user may not read it: a drill runs as root
 */
record DrillStatus(Optional<Evidence> last, Optional<Evidence> paper, Optional<Path> unreadable) {
    /** In the state folder; {@link EvidenceFile} keeps them there. */
    static final String FOLDER = "drills";

    private static final Duration HALF_A_YEAR = Duration.ofDays(183);
    private static final Duration A_YEAR = Duration.ofDays(366);

    static DrillStatus of(Workspace workspace, FoundationSpec spec) throws IOException {
        try {
            Drills drills = drills(workspace, spec);
            return new DrillStatus(drills.lastGreen(false), drills.lastGreen(true), Optional.empty());
        } catch (AccessDeniedException e) {
            return new DrillStatus(Optional.empty(), Optional.empty(), Optional.of(folder(workspace, spec)));
        }
    }

    /** Those of this host. */
    static Drills drills(Workspace workspace, FoundationSpec spec) throws IOException {
        return Drills.in(folder(workspace, spec), spec.backup().sealPublicKeys());
    }

    private static Path folder(Workspace workspace, FoundationSpec spec) {
        return workspace.preparation().stateFolder(spec.instance()).resolve(FOLDER);
    }

    /** For people; what is overdue says which command to run. */
    List<String> lines(Instant now) {
        if (unreadable.isPresent()) {
            return List.of("Drill: " + unreadable.get() + " cannot be read by this user: ask as the one who drills.");
        }
        if (last.isEmpty()) {
            return List.of("Drill: none was green on this host yet. Rehearse a recovery: ./foundation drill");
        }
        Evidence newest = last.get();
        if (older(newest, HALF_A_YEAR, now)) {
            return List.of("Drill: the last green one was on " + day(newest)
                    + ", more than half a year ago. Rehearse a recovery: ./foundation drill");
        }
        List<String> lines = new ArrayList<>(List.of(
                "Drill: green on " + day(newest) + ", restored in " + Quantity.clock(newest.rto()) + " (RTO)."));
        if (paper.isEmpty() || older(paper.get(), A_YEAR, now)) {
            lines.add("Drill: none from the recovery sheet within a year: ./foundation drill --paper");
        }
        return lines;
    }

    private static boolean older(Evidence drill, Duration age, Instant now) {
        return drill.ended().plus(age).isBefore(now);
    }

    private static String day(Evidence drill) {
        return drill.ended().atZone(ZoneOffset.UTC).toLocalDate().toString();
    }
}
