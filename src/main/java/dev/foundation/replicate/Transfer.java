package dev.foundation.replicate;

import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.store.StoredObject;
import dev.foundation.store.Upload;
import dev.foundation.stream.Digesting;
import dev.foundation.stream.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One object from the first source whose bytes match to one target.
 *
 * @param size sealed
 * @param sha256 sealed
 */
record Transfer(ObjectKey key, long size, Sha256 sha256) {
    private static final int BUFFER = 256 << 10;

    /** Where the bytes go. */
    @FunctionalInterface
    interface Opening {
        Upload open(ObjectKey key) throws StoreException, InterruptedException;
    }

    /**
     * Reads the newest version, and the older ones if that is not it. Published is only what matches to its last byte.
     *
     * @throws StoreException from the target alone
     * @throws NoSource if no source has it, saying why of each
     */
    void run(List<ObjectStore> sources, ObjectStore target, Opening opening)
            throws StoreException, NoSource, InterruptedException {
        List<String> reasons = new ArrayList<>();
        for (ObjectStore source : sources) {
            if (send(source, "", target, opening, reasons)) {
                return;
            }
            for (StoredObject each : versions(source, reasons)) {
                if (each.size() == size && send(source, each.version(), target, opening, reasons)) {
                    return;
                }
            }
        }
        throw new NoSource("no store has " + key + " as its seal says: " + String.join("; ", reasons));
    }

    private List<StoredObject> versions(ObjectStore source, List<String> reasons) throws InterruptedException {
        try {
            return source.versions(key);
        } catch (StoreException e) {
            reasons.add(source.name() + ": " + e.getMessage());
            return List.of();
        }
    }

    /** @return false if the source has other bytes, or cannot give them */
    private boolean send(ObjectStore source, String version, ObjectStore target, Opening opening, List<String> reasons)
            throws StoreException, InterruptedException {
        try (Digesting in = new Digesting(version.isEmpty() ? source.open(key) : source.open(key, version))) {
            try (Upload upload = opening.open(key)) {
                if (!pump(in, source, upload, reasons)) {
                    return false;
                }
                if (in.size() != size || !in.sha256().equals(sha256)) {
                    reasons.add(source.name() + ": it is damaged there");
                    return false;
                }
                StoredObject stored = upload.complete();
                if (stored.size() != size) {
                    throw new StoreException(
                            Kind.DAMAGED,
                            key + " at " + target.place() + " has " + stored.size() + " bytes, but " + size
                                    + " were written: this store cannot be trusted with points",
                            null);
                }
                return true;
            } catch (StoreException e) {
                throw new TargetFailed(e);
            }
        } catch (TargetFailed e) {
            throw e.why;
        } catch (IOException e) {
            reasons.add(source.name() + ": " + e.getMessage());
            return false;
        }
    }

    private boolean pump(Digesting in, ObjectStore source, Upload upload, List<String> reasons)
            throws StoreException, InterruptedException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, size) + 1)];
        while (in.size() <= size) {
            int read;
            try {
                read = in.readNBytes(buffer, 0, buffer.length);
                if (read == 0) {
                    int end = in.read(buffer);
                    return end < 0 || tooLong(source, reasons);
                }
            } catch (IOException e) {
                reasons.add(source.name() + ": " + e.getMessage());
                return false;
            }
            upload.write(buffer, 0, read);
        }
        return tooLong(source, reasons);
    }

    private static boolean tooLong(ObjectStore source, List<String> reasons) {
        reasons.add(source.name() + ": it is damaged there, longer than sealed");
        return false;
    }

    /** The target's word, so that it is not taken for the source's. */
    private static final class TargetFailed extends IOException {
        private static final long serialVersionUID = 1;
        private final StoreException why;

        TargetFailed(StoreException why) {
            super(why);
            this.why = why;
        }
    }
}
