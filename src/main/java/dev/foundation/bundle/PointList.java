package dev.foundation.bundle;

import dev.foundation.bundle.Point.Sealed;
import dev.foundation.stream.Sha256;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a store holds.
 *
 * @param points every folder that bears a point's name, by name
 */
public record PointList(List<Point> points, List<Alarm> alarms) {
    private static final Comparator<Sealed> ORDER = Comparator.comparing(Sealed::seal, Seal.ORDER);

    public PointList {
        points = List.copyOf(points);
        alarms = List.copyOf(alarms);
    }

    /** The recovery points, newest last ({@link Seal#ORDER}). */
    public List<Sealed> sealed() {
        return points.stream()
                .filter(Sealed.class::isInstance)
                .map(Sealed.class::cast)
                .sorted(ORDER)
                .toList();
    }

    /** Of the newest epoch, the one with the highest sequence (P2): not the one with the latest name. */
    public Optional<Sealed> newest() {
        return sealed().stream().reduce((older, newer) -> newer);
    }

    /**
     * Where the next seal stands in the chain.
     *
     * @param previous as {@link Seal#previous}
     */
    public record Next(long sequence, Optional<Sha256> previous) {}

    /** Follows the newest point here or the one that is known from elsewhere, whichever is later: a sequence is never given twice. */
    public Next next(Known known) {
        long highest = sealed().stream()
                .mapToLong(each -> each.seal().sequence())
                .max()
                .orElse(0);
        return highest >= known.sequence()
                ? new Next(highest + 1, newest().map(each -> each.signed().sha256()))
                : new Next(known.sequence() + 1, known.seal());
    }
}
