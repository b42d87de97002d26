package dev.foundation.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * What happens during a run of the backup's jobs. The agent sends events as JSON, one a line; the command line, the log and the metrics render them.
 * No event holds a secret.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RunEvent.Began.class, name = "began"),
    @JsonSubTypes.Type(value = RunEvent.Advanced.class, name = "advanced"),
    @JsonSubTypes.Type(value = RunEvent.Finished.class, name = "finished"),
    @JsonSubTypes.Type(value = RunEvent.Noted.class, name = "noted"),
    @JsonSubTypes.Type(value = RunEvent.Warned.class, name = "warned"),
    @JsonSubTypes.Type(value = RunEvent.Ended.class, name = "ended")
})
public sealed interface RunEvent {
    /** A step, such as an artifact's name, began. */
    record Began(String step) implements RunEvent {}

    /**
     * @param bytes done so far
     * @param total expected; 0 if nobody knows
     * @param perSecond bytes in a second, just now
     */
    record Advanced(String step, long bytes, long total, long perSecond) implements RunEvent {}

    /**
     * @param bytes written, 0 where that has no meaning
     * @param millis how long it took
     */
    record Finished(String step, long bytes, long millis) implements RunEvent {}

    /** A line that a person may like to read. */
    record Noted(String text) implements RunEvent {}

    /** Something that a person must look at. */
    record Warned(String text) implements RunEvent {}

    /** How a job ended. */
    enum Verdict {
        /** All of it, at every destination. */
        COMPLETE,
        /** A point is sealed, but not at every destination. */
        INCOMPLETE,
        /** Done, but something about it was odd. */
        SUSPICIOUS,
        FAILED,
        /** Not begun: something else runs, or must not be disturbed. */
        REFUSED
    }

    /**
     * The last event of every run.
     *
     * @param at the moment, ISO 8601 in UTC
     * @param point empty if none came of it
     * @param sequence the point's; 0 if there is none
     * @param problems what went wrong or was odd, each a sentence
     */
    record Ended(String at, Verdict verdict, String point, long sequence, List<String> problems) implements RunEvent {
        public Ended {
            problems = List.copyOf(problems);
        }
    }
}
