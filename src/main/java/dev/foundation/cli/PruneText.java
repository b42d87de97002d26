package dev.foundation.cli;

import java.util.ArrayList;
import java.util.List;

/** The plan of pruning for people. */
final class PruneText {
    private final Terminal terminal;

    private final String command;

    /** @param command that does what the plan says */
    PruneText(Terminal terminal, String command) {
        this.terminal = terminal;
        this.command = command;
    }

    List<String> lines(PrunePlan plan) {
        List<String> lines = new ArrayList<>();
        plan.warnings()
                .forEach(warning -> Wrapped.lines("WARNING: ", warning).forEach(line -> lines.add(terminal.bad(line))));
        for (PrunePlan.Decision each : plan.decisions()) {
            String verb = each.keep() ? "keep    " : "remove  ";
            String first = "  " + verb + each.point() + "  ";
            List<String> rows = new ArrayList<>(Wrapped.lines(first, String.join("; ", each.reasons())));
            if (!each.keep()) {
                rows.set(0, rows.getFirst().replaceFirst("remove", terminal.bad("remove")));
            }
            rows.forEach(row -> lines.add(row.stripTrailing()));
        }
        lines.add("");
        long kept = plan.decisions().size() - plan.removed();
        lines.add(Quantity.counted(kept, "point") + " kept, " + plan.removed() + " removed.");
        PrunePlan.Blobs blobs = plan.blobs();
        lines.addAll(Wrapped.lines(
                "",
                "Blobs: " + blobs.kept() + " listed by points, " + blobs.marked() + " listed by none and waiting, "
                        + blobs.removable() + " to be removed (" + Quantity.bytes(blobs.removableSize()) + ")."));
        lines.add("Nothing was touched; `" + command + "` does it.");
        return lines;
    }
}
