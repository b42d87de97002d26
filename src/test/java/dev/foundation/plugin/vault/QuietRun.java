package dev.foundation.plugin.vault;

import dev.foundation.plugin.Run;
import java.util.ArrayList;
import java.util.List;

/** An operation that nobody cancels; it keeps what was said. */
class QuietRun implements Run {
    final List<String> said = new ArrayList<>();

    @Override
    public void info(String message) {
        said.add(message);
    }

    @Override
    public void warn(String message) {
        said.add(message);
    }

    @Override
    public void checkCancelled() {}
}
