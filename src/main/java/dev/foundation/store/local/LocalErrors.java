package dev.foundation.store.local;

import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** The one place that turns the file system's exceptions into the store's. */
final class LocalErrors {
    private LocalErrors() {}

    /** @param action what was tried, on what, where */
    static StoreException of(String action, IOException e) {
        String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String text = said.toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("quota exceeded")) {
            return new StoreException(
                    Kind.FULL, action + ": no space is left there; make room or choose a larger disk", e);
        }
        if (e instanceof AccessDeniedException
                || text.contains("read-only file system")
                || text.contains("not permitted")) {
            return new StoreException(
                    Kind.DENIED, action + ": " + said + ": this user may not; check owner, mode and mount", e);
        }
        if (e instanceof NoSuchFileException) {
            return new StoreException(Kind.NOT_FOUND, action + ": there is no " + said, e);
        }
        if (e instanceof NotDirectoryException || e instanceof FileAlreadyExistsException) {
            return new StoreException(Kind.OTHER, action + ": " + said + " is in the way; it is no folder", e);
        }
        if (text.contains("input/output error")) {
            return new StoreException(Kind.DAMAGED, action + ": the disk cannot be read or written (" + said + ")", e);
        }
        return new StoreException(Kind.OTHER, action + ": " + said, e);
    }
}
