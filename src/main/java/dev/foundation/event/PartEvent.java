package dev.foundation.event;

import java.time.Duration;
import java.util.Optional;

/** What happens while a part (a tool, a plugin, an image, a package of the system) is made ready. */
public sealed interface PartEvent {
    /** The part's name and version as a person knows it, such as {@code vault 1.19.0}. */
    String part();

    /**
     * @param action such as {@code building} or {@code pulling}
     * @param estimate how long it takes: as measured here the last time, else as measured by the recipe's author; empty if nobody knows
     */
    record Started(String part, String action, Optional<Duration> estimate) implements PartEvent {}

    /** @param fraction done, 0 to 1; empty if unknown. @param detail one line, such as {@code 12 of 800 crates} */
    record Advanced(String part, String detail, Optional<Double> fraction) implements PartEvent {}

    record Finished(String part, Duration took) implements PartEvent {}

    /** One line that a person should read whatever the progress, such as the packages about to be installed. */
    record Noted(String part, String text) implements PartEvent {}
}
