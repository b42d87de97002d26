package dev.foundation.artifact;

import java.io.IOException;
import java.io.InputStream;

/**
 * The plain bytes of one artifact on its way back. May be opened several times: a restorer first reads all of it to see that it is whole, and then
 * works with it, so that nothing is changed for an artifact that is damaged.
 */
@FunctionalInterface
public interface PlainSource {
    /** From the beginning. The stream ends normally only if every byte was as sealed. To be closed. */
    InputStream open() throws IOException, InterruptedException;
}
