package dev.foundation.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The recovery points for people, on 80 columns. */
final class PointsText {
    private static final List<String> HEAD = List.of("POINT", "AGE", "SEQ", "SIZE", "NEW BLOBS", "VERIFIED", "WHERE");

    private final Terminal terminal;
    private final Instant now;

    PointsText(Terminal terminal, Instant now) {
        this.terminal = terminal;
        this.now = now;
    }

    /** @param last how many points, at most, from the newest */
    List<String> lines(PointList list, int last) {
        List<String> lines = new ArrayList<>();
        list.alarms().forEach(alarm -> Wrapped.lines("ALARM: ", alarm).forEach(line -> lines.add(terminal.bad(line))));
        for (PointList.Place place : list.places()) {
            if (!place.answers()) {
                Wrapped.lines("", place.name() + " (" + place.place() + ") does not answer: " + place.problem())
                        .forEach(line -> lines.add(terminal.bad(line)));
            }
        }
        if (!lines.isEmpty()) {
            lines.add("");
        }
        if (list.points().isEmpty()) {
            lines.add("There is no recovery point yet: `./foundation backup` takes one.");
        } else {
            lines.addAll(table(list, last));
        }
        for (PointList.Unfinished each : list.unfinished()) {
            lines.addAll(Wrapped.lines("  ", each.point() + " at " + each.place() + " is no point: " + each.reason()));
        }
        lines.addAll(domain(list));
        return lines;
    }

    /** In plain words, wherever points are shown: whether they survive this host. Nothing if they do. */
    static List<String> domain(PointList list) {
        if (list.secondFailureDomain()) {
            return List.of();
        }
        return Wrapped.lines(
                "",
                "No second failure domain: every place is on this host"
                        + (list.places().stream().anyMatch(place -> place.kind().equals("folder"))
                                ? ", and a folder is none"
                                : "")
                        + ". Whatever takes the host takes the points. Configure foundation:backup.offsite.");
    }

    private List<String> table(PointList list, int last) {
        int skipped = Math.max(0, list.points().size() - last);
        List<PointList.Point> points =
                list.points().subList(skipped, list.points().size());
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        points.forEach(point -> rows.add(row(point)));
        int[] widths = new int[HEAD.size()];
        rows.forEach(row -> Arrays.setAll(
                widths, column -> Math.max(widths[column], row.get(column).length())));
        List<String> lines = new ArrayList<>();
        if (skipped > 0) {
            lines.add(Quantity.counted(skipped, "older point") + " not shown");
        }
        lines.add(terminal.strong(line(HEAD, widths)));
        for (int i = 0; i < points.size(); i++) {
            lines.add(line(rows.get(i + 1), widths));
            lines.addAll(remarks(points.get(i)));
        }
        return lines;
    }

    private List<String> row(PointList.Point point) {
        return List.of(
                point.point(),
                Quantity.age(Duration.between(PointText.moment(point.point()), now)),
                String.valueOf(point.sequence()),
                Quantity.bytes(point.size()),
                point.blobs().count() + ", " + Quantity.bytes(point.blobs().size()),
                point.verifiedAt()
                        .map(when -> Quantity.age(Duration.between(when, now)) + " ago")
                        .orElse("never"),
                String.join(", ", point.at()));
    }

    /** Numbers stand to the right. */
    private static String line(List<String> cells, int[] widths) {
        var line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String space = " ".repeat(widths[column] - cells.get(column).length());
            boolean number = column >= 1 && column <= 4;
            line.append(column == 0 ? "" : "  ").append(number ? space + cells.get(column) : cells.get(column) + space);
        }
        return line.toString().stripTrailing();
    }

    /** Below the point: they have no fixed length, and most points have none. */
    private List<String> remarks(PointList.Point point) {
        List<String> lines = new ArrayList<>();
        point.restoredAt()
                .ifPresent(when -> lines.add(
                        point.restoredWell()
                                ? "    verified by restore at " + when
                                : terminal.bad("    the restore at " + when + " was RED")));
        if (point.held()) {
            lines.add("    held: never pruned until `./foundation release " + point.point() + "`");
        }
        if (!point.complete()) {
            lines.add(terminal.bad("    incomplete: not at every place; `./foundation replicate` heals it"));
        }
        for (String reason : point.suspicious()) {
            Wrapped.lines("    suspicious: ", reason).forEach(line -> lines.add(terminal.bad(line)));
        }
        return lines;
    }
}
