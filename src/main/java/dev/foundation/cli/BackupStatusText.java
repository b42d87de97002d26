package dev.foundation.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code status} says of the backups. */
final class BackupStatusText {
    private final Terminal terminal;
    private final Instant now;

    BackupStatusText(Terminal terminal, Instant now) {
        this.terminal = terminal;
        this.now = now;
    }

    List<String> lines(BackupStatus status) {
        return switch (status) {
            case BackupStatus.Off off -> List.of("Backups: none, " + off.why() + ".");
            case BackupStatus.Silent silent ->
                List.of("Backups: " + terminal.bad("unknown") + ", " + silent.why() + ".");
            case BackupStatus.Known known -> lines(known.list());
        };
    }

    private List<String> lines(PointList list) {
        List<String> lines = new ArrayList<>();
        lines.add(list.newest()
                .map(point -> "Backups: newest point " + point.point() + ", " + ago(PointText.moment(point.point()))
                        + ", at " + RunText.names(point.at())
                        + (point.complete() ? "" : ", " + terminal.bad("incomplete"))
                        + (point.suspicious().isEmpty() ? "" : ", " + terminal.bad("suspicious"))
                        + point.verifiedAt()
                                .map(when -> ", verified " + ago(when))
                                .orElse(", never verified"))
                .orElse("Backups: " + terminal.bad("no recovery point yet") + ": `./foundation backup` takes one"));
        PointList.instant(list.lastRun())
                .ifPresent(when -> lines.add("Last run: " + ago(when) + ", " + verdict(list.lastResult())));
        lines.add("Places: " + list.places().stream().map(this::place).collect(Collectors.joining("; ")));
        list.alarms().forEach(alarm -> lines.add(terminal.bad("ALARM: " + alarm)));
        return lines;
    }

    private String verdict(@Nullable String result) {
        String word = result == null || result.isEmpty() ? "without a verdict" : result;
        return word.equals("complete") ? terminal.good(word) : terminal.bad(word);
    }

    private String place(PointList.Place place) {
        return place.name() + " " + place.place()
                + (place.answers() ? "" : " " + terminal.bad("does not answer") + " (" + place.problem() + ")");
    }

    private String ago(Instant when) {
        return StatusText.rough(Duration.between(when, now)) + " ago";
    }
}
