package dev.foundation.cli;

import dev.foundation.artifact.PlainSource;
import dev.foundation.artifact.forgejo.VolumeSwap;
import dev.foundation.bundle.Manifest;
import dev.foundation.bundle.Names;
import dev.foundation.event.RunEvent;
import dev.foundation.restore.StagedPoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Forgejo's files, or a repository of them: unpacked beside those that are there, which then stay in the volume's own folder for that. */
final class ForgejoInPlace implements PartInPlace {
    private static final String WHOLE = ".";

    private final LiveServices live;
    private final Consumer<RunEvent> events;

    ForgejoInPlace(LiveServices live, Consumer<RunEvent> events) {
        this.live = live;
        this.events = events;
    }

    private static List<String> paths(Manifest.Entry entry, RestoreSelector selector) throws IOException {
        return selector.whole() ? List.of() : VolumeSwap.paths(entry.facts(), selector.name());
    }

    @Override
    public List<String> plan(StagedPoint point, RestoreSelector selector) throws IOException, InterruptedException {
        Manifest.Entry entry = point.entry(Names.FORGEJO);
        List<String> paths = paths(entry, selector);
        VolumeSwap volume = volume();
        List<String> lines = new ArrayList<>();
        for (String each : paths.isEmpty() ? List.of(WHOLE) : paths) {
            String what = each.equals(WHOLE) ? "all files of Forgejo" : each;
            lines.add(what + ", "
                    + volume.size(each)
                            .map(kibibytes -> Quantity.bytes(kibibytes << 10))
                            .orElse("which is not there now"));
        }
        if (paths.isEmpty()) {
            lines.add("they get "
                    + Quantity.counted(entry.facts().path("files").asLong(), "file") + ", "
                    + Quantity.bytes(entry.facts().path("bytes").asLong()) + "; repositories: "
                    + entry.facts().path("repositories").size());
        }
        lines.add(
                "what is there stays in the volume, in " + VolumeSwap.KEPT + "; Forgejo stands still for the exchange");
        lines.add("issues and users are in Postgres, large files in buckets: they stay as they are");
        return lines;
    }

    private VolumeSwap volume() throws IOException, InterruptedException {
        if (!live.hasForgejo()) {
            throw new IOException("Forgejo is switched off in Pulumi.foundation.yaml. Nothing was touched");
        }
        return live.volume(events);
    }

    @Override
    public List<String> restore(StagedPoint point, RestoreSelector selector, UndoFile undo)
            throws IOException, InterruptedException {
        Manifest.Entry entry = point.entry(Names.FORGEJO);
        List<String> paths = paths(entry, selector);
        VolumeSwap volume = volume();
        PlainSource artifact = point.artifact(Names.FORGEJO);
        volume.prove(artifact, entry.facts());
        String stamp = undo.record().stamp();
        boolean unpacked = false;
        try {
            volume.unpack(artifact, entry.facts(), stamp, paths);
            unpacked = true;
        } finally {
            if (!unpacked) {
                volume.drop(stamp);
            }
        }
        String kept = VolumeSwap.KEPT + "/" + stamp + "/old";
        for (String each : paths.isEmpty() ? List.of(WHOLE) : paths) {
            undo.keep(each, volume.size(each).isPresent() ? kept + "/" + each : "");
        }
        still(() -> {
            boolean exchanged = false;
            try {
                volume.exchange(stamp, paths);
                exchanged = true;
            } finally {
                if (!exchanged) {
                    volume.undo(stamp, paths);
                    volume.drop(stamp);
                    for (String each : paths.isEmpty() ? List.of(WHOLE) : paths) {
                        undo.release(each);
                    }
                }
            }
        });
        repair();
        return List.of(
                "when nobody needs it any more: remove " + VolumeSwap.KEPT + "/" + stamp + " in Forgejo's volume");
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void still(Work work) throws IOException, InterruptedException {
        events.accept(new RunEvent.Noted("stopping Forgejo"));
        try {
            live.stopForgejo();
            work.run();
        } finally {
            events.accept(new RunEvent.Noted("starting Forgejo"));
            live.startForgejo();
        }
    }

    /** As after a recovery: what files and database alone do not bring back. */
    private void repair() throws IOException, InterruptedException {
        for (String each : List.of("hooks", "keys")) {
            events.accept(new RunEvent.Noted("regenerating " + each));
            live.forgejo().regenerate(each);
        }
        live.forgejo().doctor().forEach(each -> events.accept(new RunEvent.Warned("Forgejo's doctor says: " + each)));
    }

    @Override
    public List<String> undoPlan(UndoRecord record) {
        return List.of(
                record.kept().stream()
                                .map(UndoRecord.Kept::live)
                                .map(each -> each.equals(WHOLE) ? "all files of Forgejo" : each)
                                .reduce((one, other) -> one + ", " + other)
                                .orElse("nothing")
                        + ": as before the restore; what it had brought stays in " + VolumeSwap.KEPT + "/"
                        + record.stamp() + "/after",
                "Forgejo stands still for the exchange");
    }

    @Override
    public List<String> undo(UndoFile undo) throws IOException, InterruptedException {
        List<String> paths = undo.record().kept().stream()
                .map(UndoRecord.Kept::live)
                .filter(each -> !each.equals(WHOLE))
                .toList();
        VolumeSwap volume = volume();
        still(() -> volume.undo(undo.record().stamp(), paths));
        repair();
        return List.of();
    }
}
