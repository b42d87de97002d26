package dev.foundation.verify;

import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.store.StoredObject;
import dev.foundation.stream.Digesting;
import dev.foundation.stream.Sha256;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what lies under a key and holds it against what was sealed. Never reads more than one byte beyond the sealed size, whatever lies there.
 *
 * @param size sealed, in bytes
 */
record Proof(ObjectStore store, ObjectKey key, long size, Sha256 sha256, Work work) {
    /** What one version was found to be. */
    sealed interface Verdict {
        record Good() implements Verdict {}

        /** @param how it differs, as the end of a sentence that begins with the object */
        record Other(String how) implements Verdict {}

        record Unread(StoreException why) implements Verdict {}
    }

    /**
     * What all versions together were found to be.
     *
     * @param good the oldest that is as sealed (P2)
     * @param versions how many there are
     * @param newest whether the newest is as sealed, too
     * @param verdicts of those that are not as sealed, oldest first
     */
    record Found(Optional<StoredObject> good, int versions, boolean newest, List<Verdict> verdicts) {
        Found {
            verdicts = List.copyOf(verdicts);
        }
    }

    /** @param version empty for the newest */
    Verdict version(String version) throws InterruptedException {
        byte[] buffer = new byte[64 * 1024];
        try (var content = new Digesting(store.open(key, version))) {
            while (content.size() <= size) {
                int read = content.read(buffer, 0, (int) Math.min(buffer.length, size + 1 - content.size()));
                if (read < 0) {
                    break;
                }
                work.read(read);
            }
            if (content.size() > size) {
                return new Verdict.Other("goes on after the " + size + " bytes that were sealed");
            }
            if (content.size() < size) {
                return new Verdict.Other("is cut: " + content.size() + " of " + size + " bytes are there");
            }
            work.object();
            return content.sha256().equals(sha256)
                    ? new Verdict.Good()
                    : new Verdict.Other("has other bytes than those that were sealed: changed, damaged or swapped");
        } catch (StoreException e) {
            return new Verdict.Unread(e);
        } catch (InterruptedIOException e) {
            throw (InterruptedException) new InterruptedException("stopped while reading " + key).initCause(e);
        } catch (IOException e) {
            return new Verdict.Unread(
                    new StoreException(Kind.TRANSIENT, "reading " + key + " at " + store.place() + " broke off", e));
        }
    }

    /** Oldest first, until one is as sealed; then the newest. */
    Found all() throws StoreException, InterruptedException {
        List<StoredObject> versions = store.versions(key);
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            StoredObject each = versions.get(i);
            Verdict verdict = told(each);
            if (verdict instanceof Verdict.Good) {
                boolean last = i == versions.size() - 1;
                return new Found(
                        Optional.of(each),
                        versions.size(),
                        last || told(versions.getLast()) instanceof Verdict.Good,
                        verdicts);
            }
            verdicts.add(verdict);
        }
        return new Found(Optional.empty(), versions.size(), false, verdicts);
    }

    private Verdict told(StoredObject version) throws InterruptedException {
        return version.size() == size
                ? version(version.version())
                : new Verdict.Other("has " + version.size() + " bytes, " + size + " were sealed");
    }
}
