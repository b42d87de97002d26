package dev.foundation.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * What a restore in place has kept, and where: enough to go back. Holds no secret.
 *
 * @param format 1
 * @param stamp of the restore, in the names of what was kept
 * @param instance whose, by name and id
 * @param selector as it was typed
 * @param made ISO 8601 in UTC
 * @param kept in the order in which it was kept
 */
record UndoRecord(
        int format,
        String stamp,
        String instance,
        String instanceId,
        String host,
        String point,
        String selector,
        String made,
        State state,
        List<Kept> kept) {
    static final int FORMAT = 1;

    /** How far the restore came. */
    enum State {
        BEGUN,
        DONE,
        UNDONE
    }

    /**
     * @param live what was overwritten, by its name
     * @param kept where it is now; empty if nothing was there
     */
    record Kept(String live, String kept) {}

    UndoRecord {
        kept = List.copyOf(kept);
    }

    UndoRecord with(Kept one) {
        List<Kept> all = new ArrayList<>(kept);
        all.add(one);
        return new UndoRecord(format, stamp, instance, instanceId, host, point, selector, made, state, all);
    }

    UndoRecord without(String live) {
        List<Kept> rest =
                kept.stream().filter(each -> !each.live().equals(live)).toList();
        return new UndoRecord(format, stamp, instance, instanceId, host, point, selector, made, state, rest);
    }

    UndoRecord in(State next) {
        return new UndoRecord(format, stamp, instance, instanceId, host, point, selector, made, next, kept);
    }
}
