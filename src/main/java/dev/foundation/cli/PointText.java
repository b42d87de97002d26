package dev.foundation.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.bundle.BundleId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One point whole, for people. */
final class PointText {
    private static final int LABEL = 12;
    private static final int DIGITS = 12;

    private final Terminal terminal;
    private final Instant now;

    PointText(Terminal terminal, Instant now) {
        this.terminal = terminal;
        this.now = now;
    }

    /** When the point was taken; the beginning of time for what is no point's name, so that it counts as old. */
    static Instant moment(String point) {
        try {
            return BundleId.of(point).moment();
        } catch (IllegalArgumentException e) {
            return Instant.EPOCH;
        }
    }

    /** @param seal the {@code SEAL.json} */
    List<String> lines(PointList.Point point, JsonNode seal) {
        List<String> lines = new ArrayList<>();
        lines.add(terminal.strong("Point " + point.point()) + ", "
                + Quantity.age(Duration.between(moment(point.point()), now)) + " old, sequence " + point.sequence()
                + ", epoch " + point.epoch());
        row(lines, "at", RunText.names(point.at()) + (point.complete() ? "" : terminal.bad(": not at every place")));
        row(
                lines,
                "verified",
                point.verifiedAt()
                        .map(when -> Quantity.age(Duration.between(when, now)) + " ago")
                        .orElse("never"));
        row(
                lines,
                "restored",
                point.restoredAt()
                        .map(when -> point.restoredWell()
                                ? "verified by restore at " + when
                                : terminal.bad("the restore at " + when + " was RED: its evidence says why"))
                        .orElse("never verified by restore"));
        if (point.held()) {
            row(lines, "held", "never pruned until `./foundation release " + point.point() + "`");
        }
        point.suspicious().forEach(reason -> {
            for (String line : Wrapped.lines("  " + padded("suspicious"), reason)) {
                lines.add(terminal.bad(line));
            }
        });
        row(lines, "instance", seal.path("instance").asText());
        String previous = seal.path("previous").asText();
        row(lines, "previous", previous.isEmpty() ? "none" : "the seal " + digits(previous));
        seal.path("recipients").forEach(recipient -> row(lines, "sealed to", recipient.asText()));
        row(
                lines,
                "keys",
                seal.path("keyGenerations")
                        .propertyStream()
                        .map(key -> key.getKey() + " " + key.getValue().asText())
                        .collect(Collectors.joining(", ")));
        seal.path("services")
                .propertyStream()
                .forEach(service -> row(
                        lines,
                        service.getKey(),
                        service.getValue().path("product").asText() + " "
                                + service.getValue().path("version").asText()));
        JsonNode blobs = seal.path("blobs");
        row(
                lines,
                "blobs",
                blobs.path("count").asLong() + ", "
                        + Quantity.bytes(blobs.path("size").asLong()) + "; new "
                        + blobs.path("newCount").asLong() + ", "
                        + Quantity.bytes(blobs.path("newSize").asLong()));
        lines.add("");
        lines.addAll(objects(seal.path("objects")));
        return lines;
    }

    private static List<String> objects(JsonNode objects) {
        int width = objects.valueStream()
                .mapToInt(object -> object.path("name").asText().length())
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        for (JsonNode object : objects) {
            String name = object.path("name").asText();
            String size = Quantity.bytes(object.path("size").asLong());
            lines.add(
                    "  " + name + " ".repeat(width - name.length()) + "  " + " ".repeat(Math.max(0, 7 - size.length()))
                            + size + "  sha256 " + digits(object.path("sha256").asText()));
        }
        return lines;
    }

    private static String digits(String hex) {
        return Optional.of(hex)
                .filter(text -> text.length() > DIGITS)
                .map(text -> text.substring(0, DIGITS) + "…")
                .orElse(hex);
    }

    private static void row(List<String> lines, String label, String value) {
        lines.add("  " + padded(label) + value);
    }

    private static String padded(String label) {
        return label + " ".repeat(Math.max(1, LABEL - label.length()));
    }
}
