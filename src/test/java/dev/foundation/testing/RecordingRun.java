package dev.foundation.testing;

import dev.foundation.plugin.Run;
import java.util.ArrayList;
import java.util.List;

/** Remembers what the user would have been shown. */
public final class RecordingRun implements Run {
    private final List<String> infos = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    @Override
    public void info(String message) {
        infos.add(message);
    }

    @Override
    public void warn(String message) {
        warnings.add(message);
    }

    @Override
    public void checkCancelled() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("cancelled");
        }
    }

    public List<String> infos() {
        return List.copyOf(infos);
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }
}
