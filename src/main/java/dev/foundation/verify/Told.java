package dev.foundation.verify;

import dev.foundation.store.StoreException;
import java.util.Optional;

/** What is said of an object after all its versions were looked at. */
record Told(Severity severity, String message) {
    /** Empty if there is nothing to say: one version, as sealed. */
    static Optional<Told> of(Proof.Found found) {
        if (found.versions() == 0) {
            return Optional.of(new Told(Severity.ERROR, "is missing: removed, or never written here." + Advice.REPAIR));
        }
        if (found.good().isPresent()) {
            return found.versions() == 1 ? Optional.empty() : Optional.of(second(found));
        }
        Told one = of(found.verdicts().getLast());
        return Optional.of(
                found.versions() == 1
                        ? one
                        : new Told(
                                Severity.ERROR,
                                "has " + found.versions() + " versions, and none is the sealed one; the newest "
                                        + one.message()));
    }

    private static Told second(Proof.Found found) {
        String what = found.newest()
                ? "has " + found.versions() + " versions, though it is written once; the newest is as sealed."
                : "was overwritten; the sealed version is there, and it counts (" + found.versions() + " versions).";
        return new Told(Severity.WARNING, what + Advice.WHO);
    }

    private static Told of(Proof.Verdict verdict) {
        return switch (verdict) {
            case Proof.Verdict.Other(String how) -> new Told(Severity.ERROR, how + "." + Advice.REPAIR);
            case Proof.Verdict.Unread(StoreException why) ->
                switch (why.kind()) {
                    case NOT_FOUND ->
                        new Told(Severity.ERROR, "is missing: removed while it was looked for." + Advice.REPAIR);
                    case DAMAGED -> new Told(Severity.ERROR, "is damaged: " + why.getMessage() + "." + Advice.REPAIR);
                    case EXISTS, DENIED, FULL, TRANSIENT, OTHER ->
                        new Told(Severity.ERROR, "could not be read: " + why.getMessage() + "." + Advice.AGAIN);
                };
            case Proof.Verdict.Good() -> throw new IllegalArgumentException("what is good is not told");
        };
    }
}
