package dev.foundation.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.foundation.artifact.buckets.BlobBytes;
import dev.foundation.artifact.buckets.BucketSwap;
import dev.foundation.bundle.BlobObject;
import dev.foundation.bundle.BlobTable;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.SealedContent;
import dev.foundation.event.RunEvent;
import dev.foundation.restore.StagedPoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Objects of buckets: what would be overwritten is copied into a bucket beside first. */
final class BucketsInPlace implements PartInPlace {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LiveServices live;
    private final Consumer<RunEvent> events;

    BucketsInPlace(LiveServices live, Consumer<RunEvent> events) {
        this.live = live;
        this.events = events;
    }

    private BucketSwap swap() throws IOException, InterruptedException {
        return new BucketSwap(live.objects(), events);
    }

    @Override
    public List<String> plan(StagedPoint point, RestoreSelector selector) throws IOException, InterruptedException {
        try (BucketSwap swap = swap()) {
            BucketSwap.Look look = swap.look(point.artifact(Names.OBJECTS), selector.name(), selector.prefix());
            for (String each : look.buckets()) {
                String ignored = BucketSwap.kept(each, point.seal().point().toString());
            }
            return List.of(
                    "overwritten: " + Quantity.counted(look.changed().size(), "object")
                            + ", each first copied into a bucket before-...",
                    "made again: " + Quantity.counted(look.made().size(), "object") + " gone since; "
                            + Quantity.bytes(look.bytes()) + " in all",
                    "left: " + look.same() + " as the point has them, " + look.newer() + " that it does not have");
        }
    }

    @Override
    public List<String> restore(StagedPoint point, RestoreSelector selector, UndoFile undo)
            throws IOException, InterruptedException {
        var table = new BlobTable.Builder();
        SealedContent.inventory(point.store(), point.signed(), table::add);
        BlobTable inventory = table.build();
        var blobs = new BlobBytes(point.store(), point.ageKeys());
        String stamp = undo.record().stamp();
        try (BucketSwap swap = swap()) {
            BucketSwap.Look look = swap.look(point.artifact(Names.OBJECTS), selector.name(), selector.prefix());
            swap.prove(look, inventory, blobs);
            swap.save(look, stamp);
            List<String> made = new ArrayList<>();
            for (BlobObject each : look.made()) {
                made.add(JSON.writeValueAsString(
                        new BucketSwap.Place(each.bucket(), each.key().text())));
            }
            undo.list(made);
            List<String> told = new ArrayList<>();
            for (String each : look.buckets()) {
                String kept = BucketSwap.kept(each, stamp);
                undo.keep(each, kept);
                told.add("when nobody needs it any more: remove the bucket " + kept);
            }
            if (!made.isEmpty()) {
                undo.keep("objects that were not there", "");
            }
            swap.bring(look, inventory, blobs);
            if (look.newer() > 0) {
                told.add(Quantity.counted(look.newer(), "object") + " that the point does not have stayed");
            }
            return told;
        }
    }

    @Override
    public List<String> undoPlan(UndoRecord record) {
        List<String> lines = new ArrayList<>();
        record.kept().stream()
                .filter(each -> !each.kept().isEmpty())
                .forEach(each -> lines.add("bucket " + each.live() + " gets back what is in " + each.kept()));
        lines.add("objects that the restore brought and that were not there before go");
        lines.add("what was written under these keys since the restore is overwritten (a version of it stays where the"
                + " bucket keeps versions)");
        return lines;
    }

    @Override
    public List<String> undo(UndoFile undo) throws IOException, InterruptedException {
        Map<String, String> kept = new TreeMap<>();
        undo.record().kept().stream()
                .filter(each -> !each.kept().isEmpty())
                .forEach(each -> kept.put(each.live(), each.kept()));
        List<BucketSwap.Place> made = new ArrayList<>();
        for (String each : undo.list()) {
            made.add(JSON.readValue(each, BucketSwap.Place.class));
        }
        try (BucketSwap swap = swap()) {
            return List.of(Quantity.counted(swap.undo(kept, made), "object") + " are as they were");
        }
    }
}
