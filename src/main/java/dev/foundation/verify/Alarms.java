package dev.foundation.verify;

import dev.foundation.bundle.Alarm;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Names;
import java.util.function.BiPredicate;

/** What the chain of seals showed, as findings. */
final class Alarms {
    private final String place;
    private final BiPredicate<Long, Long> elsewhere;

    /** @param elsewhere whether the other places have a point for each sequence from the first to the last */
    Alarms(String place, BiPredicate<Long, Long> elsewhere) {
        this.place = place;
        this.elsewhere = elsewhere;
    }

    /** What another place still has is lost here only, and comes back by a copy: a warning. */
    Finding finding(Alarm alarm) {
        return switch (alarm) {
            case Alarm.SecondVersion it -> of(Severity.WARNING, it.point(), it.name(), it);
            case Alarm.Replaced it -> of(Severity.ERROR, it.point(), Names.SEAL, it);
            case Alarm.Gap it -> of(missing(it.first(), it.last()), it);
            case Alarm.SameSequence it -> of(Severity.ERROR, it);
            case Alarm.BrokenChain it -> of(Severity.ERROR, it.point(), Names.SEAL, it);
            case Alarm.NewerEpoch it -> of(Severity.ERROR, it.point(), Names.SEAL, it);
            case Alarm.StaleEpoch it -> of(Severity.ERROR, it.point(), Names.SEAL, it);
            case Alarm.RolledBack it -> of(missing(it.newest() + 1, it.seen()), it);
            case Alarm.ClockWentBack it -> of(Severity.WARNING, it.later(), "", it);
            case Alarm.StrangeFolder it -> of(Severity.WARNING, it);
        };
    }

    private Severity missing(long first, long last) {
        return elsewhere.test(first, last) ? Severity.WARNING : Severity.ERROR;
    }

    private Finding of(Severity severity, Alarm alarm) {
        return new Finding(severity, place, "", "", alarm.message());
    }

    private Finding of(Severity severity, BundleId point, String object, Alarm alarm) {
        return new Finding(severity, place, point.toString(), object, alarm.message());
    }
}
