package dev.foundation.bundle;

import java.util.List;
import java.util.stream.Collectors;

/** Something about a store's points that only a fault or a foe explains. */
public sealed interface Alarm {
    /** For people: what was found, what it may mean, what to do. */
    String message();

    /** Somebody wrote over a seal or its signature; the oldest version counts. */
    record SecondVersion(BundleId point, String name, int versions) implements Alarm {
        @Override
        public String message() {
            return point + "/" + name + " has " + versions
                    + " versions, though it is written once. The oldest counts. Find out who else can write to the store.";
        }
    }

    /** A seal is not the one that was seen before. */
    record Replaced(BundleId point) implements Alarm {
        @Override
        public String message() {
            return "the seal of " + point
                    + " is not the one seen before. Compare this store with the other one, and run verify.";
        }
    }

    /** Sequences that no point has, and that nobody pruned. */
    record Gap(long first, long last) implements Alarm {
        @Override
        public String message() {
            return (first == last
                            ? "the point with sequence " + first + " is"
                            : "the points with sequences " + first + " to " + last + " are")
                    + " missing: removed, hidden, or never copied here. Look at the other store; `replicate` copies what is there.";
        }
    }

    record SameSequence(long sequence, List<BundleId> points) implements Alarm {
        public SameSequence {
            points = List.copyOf(points);
        }

        @Override
        public String message() {
            return "sequence " + sequence + " was given to "
                    + points.stream().map(BundleId::toString).collect(Collectors.joining(" and "))
                    + ": two hosts write with this foundation's key. Stop one of them.";
        }
    }

    /** A seal does not name the one before it. */
    record BrokenChain(BundleId point, long sequence) implements Alarm {
        @Override
        public String message() {
            return "the seal of " + point + " (sequence " + sequence
                    + ") names another seal as the one before it than the store holds: one of the two histories is not ours.";
        }
    }

    /** This foundation was recovered elsewhere and has claimed the store. */
    record NewerEpoch(BundleId point, int epoch, int ours) implements Alarm {
        @Override
        public String message() {
            return point + " is of epoch " + epoch + ", ours is " + ours
                    + ": this foundation was recovered elsewhere. Stop this one; it must not write here any more.";
        }
    }

    /** A host of an older epoch wrote after the claim of a newer one. */
    record StaleEpoch(BundleId point, int epoch, int newest) implements Alarm {
        @Override
        public String message() {
            return point + " is of epoch " + epoch + " but came after the claim of epoch " + newest
                    + ": the old host still runs. Stop it; its points are not taken for newer ones.";
        }
    }

    /** The newest point is older than one seen before. */
    record RolledBack(long seen, long newest) implements Alarm {
        @Override
        public String message() {
            return "sequence " + seen + " was seen before, but the newest point here has " + newest
                    + ": newer points were removed or hidden. Look at the other store before you restore or prune anything.";
        }
    }

    /** A later point bears an earlier moment: a clock went back. */
    record ClockWentBack(BundleId earlier, BundleId later) implements Alarm {
        @Override
        public String message() {
            return later + " was made after " + earlier
                    + " by its sequence, but is named before it: the host's clock went back.";
        }
    }

    /** @param name as the store tells it: show {@link #message}, not this */
    record StrangeFolder(String name) implements Alarm {
        @Override
        public String message() {
            return "the folder \"" + Fields.shown(name) + "\" is nothing that this program writes. It is left alone.";
        }
    }
}
