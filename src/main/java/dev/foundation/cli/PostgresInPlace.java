package dev.foundation.cli;

import dev.foundation.artifact.PlainSource;
import dev.foundation.artifact.postgres.DatabaseSwap;
import dev.foundation.bundle.Manifest;
import dev.foundation.bundle.Names;
import dev.foundation.event.RunEvent;
import dev.foundation.postgres.Sql;
import dev.foundation.restore.StagedPoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Databases: loaded beside those that are there, which then keep their content under another name. */
final class PostgresInPlace implements PartInPlace {
    private final LiveServices live;
    private final Consumer<RunEvent> events;

    PostgresInPlace(LiveServices live, Consumer<RunEvent> events) {
        this.live = live;
        this.events = events;
    }

    private DatabaseSwap swap() throws IOException, InterruptedException {
        return new DatabaseSwap(live.postgres(), events);
    }

    private static List<String> databases(DatabaseSwap swap, Manifest.Entry entry, RestoreSelector selector)
            throws IOException, InterruptedException {
        return swap.databases(entry.facts(), Optional.of(selector.name()).filter(each -> !each.isEmpty()));
    }

    @Override
    public List<String> plan(StagedPoint point, RestoreSelector selector) throws IOException, InterruptedException {
        Manifest.Entry entry = point.entry(Names.POSTGRES);
        DatabaseSwap swap = swap();
        List<String> lines = new ArrayList<>();
        for (String each : databases(swap, entry, selector)) {
            long rows = entry.facts()
                    .path("databases")
                    .path(each)
                    .path("rows")
                    .valueStream()
                    .mapToLong(count -> count.asLong())
                    .sum();
            lines.add("database " + each + ", "
                    + swap.size(each).map(Quantity::bytes).orElse("which is not there now")
                    + ", gets " + Quantity.counted(rows, "row") + " of the point; it stays as "
                    + DatabaseSwap.aside(each, "_before_..."));
        }
        if (lines.isEmpty()) {
            throw new IOException("the point has no database of a service. Nothing was touched");
        }
        lines.add("roles stay as they are; whoever is connected is cut off at the end");
        if (stops(databases(swap, entry, selector))) {
            lines.add("Forgejo stands still while its database changes");
        }
        return lines;
    }

    private boolean stops(List<String> databases) {
        return live.hasForgejo() && databases.contains(LiveServices.FORGEJO_DATABASE);
    }

    @Override
    public List<String> restore(StagedPoint point, RestoreSelector selector, UndoFile undo)
            throws IOException, InterruptedException {
        Manifest.Entry entry = point.entry(Names.POSTGRES);
        DatabaseSwap swap = swap();
        List<String> databases = databases(swap, entry, selector);
        PlainSource artifact = point.artifact(Names.POSTGRES);
        swap.prove(artifact, entry.facts(), databases);
        String stamp = undo.record().stamp().toLowerCase(Locale.ROOT);
        Map<String, String> beside = new LinkedHashMap<>();
        List<String> told = new ArrayList<>();
        try {
            for (String each : databases) {
                String next = "restore_" + stamp + "_" + beside.size();
                beside.put(each, next);
                swap.load(artifact, each, next);
            }
            still(databases, () -> {
                for (String each : databases) {
                    String kept = swap.size(each).isPresent() ? DatabaseSwap.aside(each, "_before_" + stamp) : "";
                    exchange(swap, each, String.valueOf(beside.get(each)), kept, undo);
                    beside.remove(each);
                    if (!kept.isEmpty()) {
                        told.add("when nobody needs it any more: DROP DATABASE " + Sql.name(kept));
                    }
                }
            });
        } finally {
            for (String each : beside.values()) {
                swap.drop(each);
            }
        }
        return told;
    }

    private static void exchange(DatabaseSwap swap, String database, String next, String kept, UndoFile undo)
            throws IOException, InterruptedException {
        undo.keep(database, kept);
        boolean done = false;
        try {
            swap.exchange(database, next, kept);
            done = true;
        } finally {
            if (!done && swap.size(next).isPresent()) {
                undo.release(database); // both still have their names
            }
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** With Forgejo standing still where it is its database; it is started again whatever comes. */
    private void still(List<String> databases, Work work) throws IOException, InterruptedException {
        if (!stops(databases)) {
            work.run();
            return;
        }
        events.accept(new RunEvent.Noted("stopping Forgejo"));
        try {
            live.stopForgejo();
            work.run();
        } finally {
            events.accept(new RunEvent.Noted("starting Forgejo"));
            live.startForgejo();
        }
    }

    @Override
    public List<String> undoPlan(UndoRecord record) throws IOException, InterruptedException {
        DatabaseSwap swap = swap();
        List<String> lines = new ArrayList<>();
        for (UndoRecord.Kept each : record.kept()) {
            if (each.kept().isEmpty()) {
                lines.add("database " + each.live() + ", which was not there before, gets another name");
            } else if (swap.size(each.kept()).isPresent()) {
                lines.add("database " + each.live() + " is again what is " + each.kept()
                        + " now; what has its name now stays as " + DatabaseSwap.aside(each.live(), "_after_..."));
            }
        }
        return lines;
    }

    @Override
    public List<String> undo(UndoFile undo) throws IOException, InterruptedException {
        DatabaseSwap swap = swap();
        String ending = "_after_" + undo.record().stamp().toLowerCase(Locale.ROOT);
        List<String> told = new ArrayList<>();
        still(undo.record().kept().stream().map(UndoRecord.Kept::live).toList(), () -> {
            for (UndoRecord.Kept each : undo.record().kept().reversed()) {
                String after = DatabaseSwap.aside(each.live(), ending);
                boolean waits = each.kept().isEmpty() || swap.size(each.kept()).isPresent();
                if (waits && swap.size(after).isEmpty()) {
                    boolean there = swap.size(each.live()).isPresent();
                    swap.exchange(each.live(), each.kept(), there ? after : "");
                    told.add("database " + each.live() + " is as it was; what the restore had brought is " + after);
                }
            }
        });
        return told;
    }
}
