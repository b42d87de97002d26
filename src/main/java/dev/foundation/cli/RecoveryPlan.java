package dev.foundation.cli;

import dev.foundation.bundle.Names;
import dev.foundation.bundle.Seal;
import dev.foundation.bundle.SealedObject;
import dev.foundation.recover.PointChoice;
import dev.foundation.recover.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a recovery will do, line by line, before anyone agrees to it. */
final class RecoveryPlan {
    private RecoveryPlan() {}

    /** @param last how long the last one took here */
    static List<String> lines(
            PointChoice.Choice choice, String place, Optional<Duration> last, Instant now, List<String> against) {
        Seal seal = choice.point().seal();
        List<String> lines = new ArrayList<>();
        lines.add("point " + seal.point() + ", sequence " + seal.sequence() + ", epoch " + seal.epoch() + ", "
                + Quantity.age(Duration.between(seal.point().moment(), now)) + " old, from " + place);
        lines.add(
                choice.read()
                        ? "every byte of it was read and holds; compare the sequence with the last one you know of"
                        : "only listed: its seal's signature holds; whether its bytes do is read before a recovery");
        choice.rejected()
                .forEach(each -> lines.add(
                        "not taken: " + each.point() + ", " + each.why().getFirst()));
        choice.alarms().forEach(each -> lines.add("alarm: " + each));
        against.forEach(each -> lines.add("in the way: " + each));
        lines.add("Steps:");
        int number = 1;
        for (Progress.Step each : Progress.Step.values()) {
            lines.add("  " + number++ + ". " + each.text() + size(each, seal));
        }
        lines.add("Expected time: "
                + last.map(each -> Quantity.clock(each) + ", as the last recovery here took")
                        .orElse("not known yet; this recovery is measured"));
        lines.add("Overwritten on this machine: nothing. Written to the off-site before the last step: nothing.");
        return lines;
    }

    private static String size(Progress.Step step, Seal seal) {
        return switch (step) {
            case STAGED ->
                ", "
                        + Quantity.bytes(seal.objects().stream()
                                .mapToLong(SealedObject::size)
                                .sum());
            case UP ->
                ": Vault " + artifact(seal, Names.VAULT) + ", Postgres " + artifact(seal, Names.POSTGRES) + ", "
                        + Quantity.counted(seal.blobs().count(), "blob") + " "
                        + Quantity.bytes(seal.blobs().size())
                        + ", Forgejo " + artifact(seal, Names.FORGEJO);
            case CHOSEN, PROVED, PREPARED, RENAMED, CLAIMED -> "";
        };
    }

    private static String artifact(Seal seal, String name) {
        return seal.object(name + Names.AGE)
                .map(each -> Quantity.bytes(each.size()))
                .orElse("none");
    }
}
