package dev.foundation.recover;

import dev.foundation.bundle.SealedObject;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.event.RunEvent;
import dev.foundation.replicate.PointObjects;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.local.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * A point's own objects on this machine, for its owner alone: what was checked is then what is restored, whoever can write to the store. Blobs stay
 * where they are; each is held against its digest when it is used.
 */
public final class Staging {
    private static final String STEP = "copy to this machine";
    /** Left free for what else writes on that disk. */
    private static final long RESERVE = 64L << 20;

    private final Path folder;
    private final InstantSource clock;

    /** @param folder absolute; made, with mode 0700 */
    public Staging(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    public ObjectStore store() {
        return new LocalStore("stage", folder);
    }

    /**
     * Copies what is not there yet; seal and signature last. Run again, it goes on.
     *
     * @return bytes copied
     * @throws NotReached if the store stopped to answer or has lost what it had: run it again, or take another point
     * @throws IOException if this machine's disk is full, or the folder holds something else
     */
    public long stage(SignedSeal point, ObjectStore from, Consumer<RunEvent> events)
            throws IOException, InterruptedException {
        make();
        long total =
                point.seal().objects().stream().mapToLong(SealedObject::size).sum();
        long begun = clock.millis();
        events.accept(new RunEvent.Began(STEP));
        ObjectStore stage = store();
        room(point, stage, total);
        long sent;
        try {
            sent = new PointObjects(stage)
                    .copy(
                            point,
                            List.of(from),
                            bytes -> events.accept(new RunEvent.Advanced(
                                    STEP, bytes, total, bytes * 1000 / Math.max(1, clock.millis() - begun))));
        } catch (StoreException e) {
            throw e; // the stage's own
        } catch (IOException e) {
            throw new NotReached(point.seal().point() + " could not be copied to " + folder + ": " + e.getMessage()
                    + ". What was copied stays; the same command goes on from there");
        }
        events.accept(new RunEvent.Finished(STEP, sent, clock.millis() - begun));
        return sent;
    }

    private void make() throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    private void room(SignedSeal point, ObjectStore stage, long total) throws IOException, InterruptedException {
        long[] there = {0};
        stage.list(point.seal().point() + "/", object -> there[0] += object.size());
        long wanted = Math.max(0, total - there[0]);
        long free = Files.getFileStore(folder).getUsableSpace();
        if (wanted > 0 && free < wanted + RESERVE) {
            throw new IOException("the disk of " + folder + " has " + (free >> 20) + " MiB free, and "
                    + point.seal().point() + " wants " + ((wanted + RESERVE) >> 20)
                    + " MiB there: make room, or point FOUNDATION_STATE to another disk");
        }
    }
}
