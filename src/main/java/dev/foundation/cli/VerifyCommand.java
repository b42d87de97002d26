package dev.foundation.cli;

import dev.foundation.event.RunEvent;
import dev.foundation.event.RunEvent.Verdict;
import dev.foundation.proof.Evidence;
import dev.foundation.recover.NotReached;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code verify}: the agent checks all that needs no key, then the contents are opened where that can be done. */
@Command(
        name = "verify",
        description = {
            "Check points at every place: signatures, seals, the chain, every checksum; then their contents.",
            "Without an option, the latest point. Exit code 0 if all holds, 1 if something does not, 3 if it could",
            "not be found out or is suspicious, 4 if another job is running."
        },
        footerHeading = "Examples:%n",
        footer = {
            "  ./foundation verify                       the latest point, every byte",
            "  ./foundation verify --all --sample 5%%     every point, and of the blobs one in twenty",
            "  ./foundation verify --point 20261121T030000Z --json",
            "  ./foundation verify --restore             the newest point, stood up beside this foundation and asked"
        })
final class VerifyCommand implements Callable<Integer> {
    private final Workspace workspace;
    private final ContentVerification contents;

    static final class Which {
        @Option(names = "--point", paramLabel = "P", description = "This point.", converter = PointArgument.class)
        private @Nullable String point;

        @Option(names = "--latest", description = "The newest point (without an option, too).")
        private boolean latest;

        @Option(names = "--all", description = "Every point.")
        private boolean all;
    }

    /** A percentage above 0, without its sign. */
    static final class Percent implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            try {
                BigDecimal percent = new BigDecimal(text.replaceFirst("\\s*%$", ""));
                if (percent.signum() > 0 && percent.compareTo(BigDecimal.valueOf(100)) <= 0) {
                    return percent.toPlainString();
                }
            } catch (NumberFormatException e) {
                // Told below.
            }
            throw new TypeConversionException("\"" + text + "\" is no share above 0% and up to 100%, such as 5%");
        }
    }

    @ArgGroup
    private @Nullable Which which;

    @Option(
            names = "--sample",
            paramLabel = "5%",
            description = "Read only this share of the blobs, chosen at random.",
            converter = Percent.class)
    private String sample = "100";

    @Option(
            names = "--restore",
            description = "Restore the newest point into a scratch environment, ask it every question, take it away.")
    private boolean restore;

    @Option(names = "--from", paramLabel = "FOLDER", description = "With --restore: where the points are.")
    private @Nullable Path from;

    @Option(names = "--keep", description = "With --restore: leave the scratch environment, to look at it.")
    private boolean keep;

    @Option(names = "--json", description = "Print the events as JSON, one a line; with --restore the evidence.")
    private boolean json;

    VerifyCommand(Workspace workspace, ContentVerification contents) {
        this.workspace = workspace;
        this.contents = contents;
    }

    @Override
    public Integer call() throws Exception {
        if (restore) {
            return restored();
        }
        AgentDoor door = AgentDoor.agent(workspace, workspace.settledDraft().provisional());
        Terminal terminal = workspace.terminal();
        String asked = asked();
        RunEvent.Ended ended;
        try (RunView view = RunText.view("verify", terminal, json)) {
            RunEvent.Ended outside =
                    RunStream.follow(door, "/run/verify?point=" + asked + "&sample=" + AgentDoor.encoded(sample), view);
            boolean worthOpening = outside.verdict() == Verdict.COMPLETE || outside.verdict() == Verdict.SUSPICIOUS;
            ended = worthOpening ? opened(outside, points(door, outside, asked), view) : outside;
        } catch (AgentException e) {
            throw new NotVerified(e.words());
        }
        if (json) {
            new RunJson(terminal.out()).event(ended);
        } else {
            RunText.lines(terminal, ended, sentence(ended)).forEach(terminal.out()::println);
        }
        return ended.verdict() == Verdict.INCOMPLETE ? ExitCodes.NOT_VERIFIED : RunText.exit(ended.verdict());
    }

    private int restored() throws Exception {
        Terminal terminal = workspace.terminal();
        Evidence evidence;
        try (RunView view = RunText.view("verify", terminal, false)) {
            evidence = new RestoreProof(workspace, Clock.systemUTC(), view, json, keep).run(Optional.ofNullable(from));
        } catch (NotReached e) {
            throw new NotVerified(String.valueOf(e.getMessage()));
        }
        return EvidenceFile.shown(evidence, terminal, json);
    }

    private String asked() {
        if (which == null || which.latest) {
            return PointArgument.LATEST;
        }
        return which.all || which.point == null ? "all" : which.point;
    }

    private static List<String> points(AgentDoor door, RunEvent.Ended ended, String asked) throws IOException {
        if (asked.equals("all")) {
            return AgentJson.as(PointList.class, AgentJson.tree(door.get("/points", AgentDoor.USUAL))).points().stream()
                    .map(PointList.Point::point)
                    .toList();
        }
        return List.of(ended.point().isEmpty() ? PointArgument.resolve(door, asked) : ended.point());
    }

    /** What the agent found, and what the contents say. */
    private RunEvent.Ended opened(RunEvent.Ended outside, List<String> points, RunView view)
            throws IOException, InterruptedException {
        List<String> problems = new ArrayList<>(outside.problems());
        Verdict verdict = outside.verdict();
        for (String point : points) {
            try {
                List<String> found = contents.problems(point);
                found.forEach(problem -> problems.add(point + ": " + problem));
                if (!found.isEmpty()) {
                    verdict = Verdict.FAILED;
                }
                view.event(new RunEvent.Noted(point + ": contents were opened"
                        + (found.isEmpty() ? ", and hold what the manifest says" : "")));
            } catch (ContentVerification.NotOpened e) {
                view.event(new RunEvent.Noted("contents were not opened: " + e.getMessage()));
                break;
            } catch (IOException e) {
                problems.add(point + ": contents were not opened: " + e.getMessage());
                verdict = verdict == Verdict.COMPLETE ? Verdict.INCOMPLETE : verdict;
            }
        }
        return new RunEvent.Ended(outside.at(), verdict, outside.point(), outside.sequence(), problems);
    }

    private static String sentence(RunEvent.Ended ended) {
        String what = ended.point().isEmpty() ? "what was asked for" : ended.point();
        return switch (ended.verdict()) {
            case COMPLETE -> what + " holds, with its signature, chain and checksums.";
            case INCOMPLETE -> "not all of " + what + " could be verified.";
            case SUSPICIOUS -> what + " holds, but look at this:";
            case FAILED -> what + " does not hold.";
            case REFUSED -> "nothing was verified.";
        };
    }
}
