package dev.foundation.cli;

import dev.foundation.event.RunEvent;

/** Shows a run of the agent's while it goes on. The run's end is not shown here: the command tells it. */
interface RunView extends AutoCloseable {
    void event(RunEvent event);

    /** Called a few times a second, whatever happens. */
    default void tick() {}

    /** The run is over: nothing may be left on the screen that is not a line. */
    @Override
    default void close() {}
}
