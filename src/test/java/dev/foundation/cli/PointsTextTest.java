package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PointsTextTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private static PointsText text(boolean colour) {
        var silent = new PrintStream(PrintStream.nullOutputStream());
        return new PointsText(
                new Terminal(silent, silent, new BufferedReader(new StringReader("")), colour, colour), NOW);
    }

    private static PointList list(boolean second) throws Exception {
        byte[] answer = FakeAgent.points(second, FakeAgent.POINT).getBytes(StandardCharsets.UTF_8);
        return AgentJson.as(PointList.class, AgentJson.tree(answer));
    }

    @Test
    void alarmsComeFirstAndWhatIsOddStandsBelowItsPoint() throws Exception {
        assertThat(text(false).lines(list(false), 100))
                .containsExactly(
                        "ALARM: the seal of 20261119T030000Z at local has a second version, written",
                        "       later: someone who can write to the store tried to change it",
                        "",
                        "POINT              AGE  SEQ    SIZE  NEW BLOBS  VERIFIED  WHERE",
                        "20261120T030000Z  30 h   41   999 B  1, 1.2 MB  never     local",
                        "    held: never pruned until `./foundation release 20261120T030000Z`",
                        "    incomplete: not at every place; `./foundation replicate` heals it",
                        "    suspicious: postgres.sql.gz is 83 % smaller than the last five were, and has",
                        "                2 of 41 tables",
                        "20261121T030000Z   6 h   42  123 MB    3, 99 B  3 h ago   local, folder",
                        "  20261118T030000Z at local is no point: it has no seal",
                        "No second failure domain: every place is on this host, and a folder is none.",
                        "Whatever takes the host takes the points. Configure foundation:backup.offsite.");
    }

    @Test
    void onATerminalAlarmsAreRedAndAnOffSitePlaceNeedsNoWord() throws Exception {
        var lines = text(true).lines(list(true), 100);
        assertThat(lines.getFirst()).startsWith("\u001b[31mALARM: ").endsWith("\u001b[0m");
        assertThat(String.join("\n", lines)).doesNotContain("failure domain");
    }
}
