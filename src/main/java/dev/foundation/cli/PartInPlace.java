package dev.foundation.cli;

import dev.foundation.restore.StagedPoint;
import java.io.IOException;
import java.util.List;

/** One kind of content, restored over the foundation that runs. */
interface PartInPlace {
    /**
     * Looks only.
     *
     * @return what would be overwritten, line by line
     * @throws IOException if the point has nothing of the kind, or it cannot go in
     */
    List<String> plan(StagedPoint point, RestoreSelector selector) throws IOException, InterruptedException;

    /**
     * After {@link #plan} of the same: proves every byte that it needs, keeps what it is going to overwrite, and then overwrites.
     *
     * @return what a person should know of it now
     * @throws IOException if it failed: what the file says was kept can be undone, and nothing else was touched
     */
    List<String> restore(StagedPoint point, RestoreSelector selector, UndoFile undo)
            throws IOException, InterruptedException;

    /** What an undo would change, line by line. */
    List<String> undoPlan(UndoRecord record) throws IOException, InterruptedException;

    /** May be done again after it broke off. @return what a person should know of it now */
    List<String> undo(UndoFile undo) throws IOException, InterruptedException;
}
