package dev.foundation.cli;

import dev.foundation.event.RunEvent;
import dev.foundation.event.RunEventLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Has the agent do something and follows its events to the last. Whoever is interrupted meanwhile ends the run. */
final class RunStream {
    private static final long TICK_MILLIS = 200;
    private static final long FAREWELL_MILLIS = 5000;

    private sealed interface Item {}

    private record Line(String text) implements Item {}

    private record Over() implements Item {}

    private record Broken(IOException why) implements Item {}

    private RunStream() {}

    /**
     * @return how it ended
     * @throws Refused if the agent says that something else runs
     * @throws AgentException if it says no, or its events end without the last
     */
    static RunEvent.Ended follow(AgentDoor door, String target, RunView view) throws IOException, InterruptedException {
        try (AgentCall call = door.run(target)) {
            BlockingQueue<Item> items = new ArrayBlockingQueue<>(1000);
            Thread reader = Thread.ofVirtual().start(() -> read(call, items));
            try {
                return events(items, view);
            } finally {
                reader.interrupt();
            }
        } catch (AgentException e) {
            if (e.conflict()) {
                throw new Refused(e.words());
            }
            throw e;
        }
    }

    private static RunEvent.Ended events(BlockingQueue<Item> items, RunView view)
            throws IOException, InterruptedException {
        RunEvent.Ended ended = null;
        for (Item item = next(items, view, ended); item != null; item = next(items, view, ended)) {
            switch (item) {
                case Line line -> {
                    switch (RunEventLine.parse(line.text())) {
                        case RunEvent.Ended last -> ended = last;
                        case RunEvent event -> view.event(event);
                    }
                }
                case Broken broken -> {
                    if (ended == null) {
                        throw broken.why();
                    }
                    return ended;
                }
                case Over _ -> {
                    if (ended == null) {
                        throw new AgentException(
                                200,
                                "the agent broke off: it ended without saying how. What it had begun is no point; see"
                                        + " its log, as `./foundation status` says");
                    }
                    return ended;
                }
            }
        }
        if (ended == null) {
            throw new IllegalStateException("only after the last event is there a limit to waiting");
        }
        return ended;
    }

    /** The agent may still tidy up after its last event; null if that takes too long to be waited for. */
    private static @Nullable Item next(BlockingQueue<Item> items, RunView view, RunEvent.@Nullable Ended ended)
            throws InterruptedException {
        if (ended != null) {
            return items.poll(FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
        }
        Item item = items.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        while (item == null) {
            view.tick();
            item = items.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
        return item;
    }

    private static void read(AgentCall call, BlockingQueue<Item> items) {
        try {
            try (var lines = new BufferedReader(new InputStreamReader(call.body(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!line.isBlank()) {
                        items.put(new Line(line));
                    }
                }
                items.put(new Over());
            } catch (IOException e) {
                items.put(new Broken(e));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody listens any more
        }
    }
}
