package dev.foundation.cli;

import java.io.IOException;
import java.io.Serial;
import java.util.List;

/** Opens a point's artifacts with the key, on the host, and holds them against the manifest. */
@FunctionalInterface
public interface ContentVerification {
    /**
     * Opens all artifacts of one point.
     *
     * @param point a point's name
     * @return what is wrong, each a sentence that names the artifact; empty if all holds
     * @throws IOException that says why contents could not be opened; a {@link NotOpened} if that is no failure here
     */
    List<String> problems(String point) throws IOException, InterruptedException;

    /** Contents are not to be opened here, and why. */
    final class NotOpened extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        public NotOpened(String why) {
            super(why);
        }
    }

    /** Where nothing is there to open contents with. */
    static ContentVerification none() {
        return point -> {
            throw new NotOpened(
                    "this version checks them without the key only; `./foundation extract` opens one artifact");
        };
    }
}
