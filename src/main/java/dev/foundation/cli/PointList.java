package dev.foundation.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The recovery points as the agent tells of them.
 *
 * @param alarms what a person must look at, each a sentence
 * @param secondFailureDomain whether one of the places is outside this host
 * @param points newest last
 * @param unfinished folders without a valid seal
 * @param lastRun when the last run began, as an instant; null or empty if there was none
 * @param lastResult {@code complete}, {@code incomplete}, {@code suspicious} or {@code failed}
 */
record PointList(
        String instance,
        List<String> alarms,
        List<Place> places,
        boolean secondFailureDomain,
        List<Point> points,
        List<Unfinished> unfinished,
        @Nullable String lastRun,
        @Nullable String lastResult) {
    PointList {
        alarms = List.copyOf(alarms);
        places = List.copyOf(places);
        points = List.copyOf(points);
        unfinished = List.copyOf(unfinished);
    }

    /**
     * Where points are kept.
     *
     * @param kind {@code s3} or {@code folder}
     * @param problem empty if it answers
     */
    record Place(String name, String place, String kind, boolean answers, String problem) {
        Place {
            Objects.requireNonNull(name);
            Objects.requireNonNull(kind);
        }

        /** In another failure domain: the first place is this host's own S3, a folder is this host's too. */
        boolean offSite() {
            return kind.equals("s3") && !name.equals("local");
        }
    }

    /**
     * @param at the names of the places that hold it
     * @param complete at every place
     * @param suspicious why, if it is
     * @param verified when it last was, as an instant; empty if never
     * @param restored when it was last restored and looked at, as an instant; null or empty if never
     * @param restoredVerdict {@code green} or {@code red}
     * @param size sealed bytes without the blobs
     */
    record Point(
            String point,
            long sequence,
            int epoch,
            List<String> at,
            boolean complete,
            List<String> suspicious,
            boolean held,
            String verified,
            @Nullable String restored,
            @Nullable String restoredVerdict,
            long size,
            Blobs blobs) {
        Point {
            Objects.requireNonNull(point);
            Objects.requireNonNull(verified);
            Objects.requireNonNull(blobs);
            at = List.copyOf(at);
            suspicious = List.copyOf(suspicious);
        }

        Optional<Instant> verifiedAt() {
            return instant(verified);
        }

        Optional<Instant> restoredAt() {
            return instant(restored);
        }

        boolean restoredWell() {
            return "green".equals(restoredVerdict);
        }
    }

    /** The blobs that the point had to send. */
    record Blobs(long count, long size) {}

    record Unfinished(String point, String place, String reason) {}

    Optional<Point> newest() {
        return points.isEmpty() ? Optional.empty() : Optional.of(points.getLast());
    }

    Optional<Point> point(String id) {
        return points.stream().filter(each -> each.point().equals(id)).findFirst();
    }

    /** Whether a complete point younger than this lies off-site. */
    boolean offSiteWithin(Duration age, Instant now) {
        List<String> names =
                places.stream().filter(Place::offSite).map(Place::name).toList();
        return points.stream()
                .anyMatch(each -> each.complete()
                        && each.at().stream().anyMatch(names::contains)
                        && PointText.moment(each.point()).isAfter(now.minus(age)));
    }

    static Optional<Instant> instant(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
