package dev.foundation.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.retention.Candidate.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The plans over generated histories, as files to read. {@code -Dgolden.update=true} writes them anew: look at the difference before committing it. */
final class RetentionGoldenTest {
    private static final Path FILES = Path.of("src/test/resources/retention");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final RetentionPolicy USUAL = policy(7, 4, 6, 1, 24, UTC);

    private record Story(RetentionPolicy policy, List<? extends Candidate> candidates, String now) {}

    private static RetentionPolicy policy(int daily, int weekly, int monthly, int yearly, int hours, ZoneId zone) {
        return new RetentionPolicy(daily, weekly, monthly, yearly, Duration.ofHours(hours), zone);
    }

    private static Map<String, Story> stories() {
        List<Point> nights = Histories.nightly(BERLIN, 3, "2025-06-01", 540);
        String afterNights = nights.getLast().id().moment().plusSeconds(3600).toString();
        List<Point> hours = Histories.every(
                Duration.ofHours(1), Instant.parse("2026-11-01T00:10:00Z"), Instant.parse("2026-11-21T11:10:00Z"));
        var stories = new TreeMap<String, Story>();
        stories.put("nightly-defaults", new Story(USUAL, nights, afterNights));
        stories.put("nightly-daily-only", new Story(policy(5, 0, 0, 0, 0, UTC), nights, afterNights));
        stories.put("nightly-weekly-only", new Story(policy(0, 60, 0, 0, 0, BERLIN), nights, afterNights));
        stories.put("nightly-yearly-only", new Story(policy(0, 0, 0, 3, 0, BERLIN), nights, afterNights));
        stories.put("nightly-compliance", new Story(policy(30, 13, 12, 7, 24, BERLIN), nights, afterNights));
        stories.put("hourly-defaults", new Story(USUAL, hours, "2026-11-21T11:30:00Z"));
        stories.put(
                "hourly-new-york-midnight",
                new Story(policy(4, 0, 0, 0, 0, ZoneId.of("America/New_York")), hours, "2026-11-21T11:30:00Z"));
        stories.put("paused-for-months", new Story(USUAL, paused(), "2026-11-21T11:30:00Z"));
        stories.put("suspicious-days", new Story(policy(3, 0, 0, 0, 0, UTC), suspicious(), "2026-11-21T11:30:00Z"));
        stories.put("clock-behind", new Story(USUAL, hours.subList(460, 492), "2026-11-01T00:00:00Z"));
        stories.put("clock-far-ahead", new Story(USUAL, hours.subList(460, 492), "2027-11-21T11:30:00Z"));
        return stories;
    }

    private static List<Point> paused() {
        List<Point> points = new ArrayList<>(Histories.nightly(UTC, 3, "2025-11-01", 60));
        for (Point late : Histories.nightly(UTC, 3, "2026-11-17", 5)) {
            points.add(Histories.point(late.id().toString(), late.sequence() + 60));
        }
        return points;
    }

    private static List<Point> suspicious() {
        List<Point> points = new ArrayList<>(Histories.nightly(UTC, 3, "2026-11-10", 12));
        for (int i : new int[] {5, 8, 9}) {
            points.set(i, Histories.suspicious(points.get(i)));
        }
        points.set(2, Histories.held(points.get(2)));
        points.set(4, Histories.verified(points.get(4)));
        return points;
    }

    @TestFactory
    Stream<DynamicTest> plansAreAsWrittenDown() {
        return stories().entrySet().stream()
                .map(story -> DynamicTest.dynamicTest(story.getKey(), () -> check(story.getKey(), story.getValue())));
    }

    private static void check(String name, Story story) throws IOException {
        RetentionPlan plan = Retention.plan(story.policy(), story.candidates(), Instant.parse(story.now()));
        var text = new StringBuilder("# " + story.policy() + "\n# now " + story.now() + "\n");
        plan.warnings().forEach(warning -> text.append("! ").append(warning).append('\n'));
        // What goes is the long part of most plans: its count says it.
        plan.decisions().stream()
                .filter(Decision::keeps)
                .forEach(each -> text.append("keep ")
                        .append(each.id())
                        .append("  ")
                        .append(String.join(", ", each.reasons()))
                        .append('\n'));
        text.append("remove ")
                .append(plan.remove().size())
                .append(" of ")
                .append(story.candidates().size())
                .append('\n');
        Path file = FILES.resolve(name + ".golden");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(FILES);
            Files.writeString(file, text);
        }
        assertThat(text.toString()).isEqualTo(Files.readString(file));
    }
}
