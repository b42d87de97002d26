package dev.foundation.cli;

import dev.foundation.bundle.BundleException;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Point;
import dev.foundation.drill.Drills;
import dev.foundation.drill.FreshMachine;
import dev.foundation.event.RunEvent;
import dev.foundation.process.Command;
import dev.foundation.process.Finished;
import dev.foundation.process.Processes;
import dev.foundation.proof.Evidence;
import dev.foundation.recover.NotReached;
import dev.foundation.recover.NothingHolds;
import dev.foundation.recover.PointChoice;
import dev.foundation.replicate.PointCopy;
import dev.foundation.secret.PassphraseFile;
import dev.foundation.store.local.LocalStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One drill, from the off-site copy to its evidence. Whatever goes wrong once the point is known is in the evidence, which is red then. */
final class DrillRun {
    private static final Duration CLONE = Duration.ofMinutes(10);

    private final Workspace workspace;
    private final DrillSource source;
    private final String repository;
    private final Path folder;
    private final Path cache;
    private final Clock clock;

    /**
     * @param repository what the fresh machine clones
     * @param folder the fresh machine's
     * @param cache tools and images
     */
    DrillRun(Workspace workspace, DrillSource source, String repository, Path folder, Path cache, Clock clock) {
        this.workspace = workspace;
        this.source = source;
        this.repository = repository;
        this.folder = folder;
        this.cache = cache;
        this.clock = clock;
    }

    List<String> plan() throws IOException, InterruptedException, NothingHolds, NotReached {
        PointChoice.Choice choice;
        try (RunView view = RunText.view("drill", workspace.terminal(), false)) {
            choice = chosen(view);
            prove(choice, view);
        }
        return List.of(
                "would recover " + choice.point().id() + " (sequence "
                        + choice.point().seal().sequence() + ") from "
                        + source.place().store().place(),
                "  into a second Docker Engine with its data in " + folder + ", network namespace " + name(),
                "  with a clone of " + repository + " and "
                        + (source.identity().isPresent() ? "the sheet" : "the passphrase"),
                "Nothing was made.");
    }

    private String name() {
        return Fence.prefix(source.spec(), "-drill");
    }

    private PointChoice.Choice chosen(RunView view) throws IOException, InterruptedException, NothingHolds, NotReached {
        return new PointChoice(source.place().store(), source.trust(), Known.nothing(), new SecureRandom(), view::event)
                .listed(Optional.empty());
    }

    /** What was typed, against the point, before anything is made. */
    private void prove(PointChoice.Choice choice, RunView view) throws IOException, InterruptedException {
        FoundPoint point = FoundPoint.in(
                source.place().store(), source.spec(), choice.point().id().toString());
        for (String each : source.prove(point)) {
            view.event(new RunEvent.Noted("proved: " + each));
        }
    }

    Evidence evidence() throws IOException, InterruptedException, NothingHolds, NotReached {
        Instant started = clock.instant();
        String head = sameCommit();
        try (RunView view = RunText.view("drill", workspace.terminal(), false)) {
            PointChoice.Choice choice = chosen(view);
            prove(choice, view);
            return recovered(choice, head, started, view);
        }
    }

    private Evidence recovered(PointChoice.Choice choice, String head, Instant started, RunView view)
            throws InterruptedException {
        var steps = new MeasuredSteps(clock, view);
        Point.Sealed point = choice.point();
        List<String> problems = new ArrayList<>(choice.alarms());
        Optional<Evidence> inside = Optional.empty();
        try (FreshMachine machine = FreshMachine.start(folder, name(), workspace.environment(), cache)) {
            view.event(new RunEvent.Noted("the fresh machine runs: " + name()));
            Path points = Files.createDirectory(machine.home().resolve("points"));
            steps.run("copy from off-site", () -> {
                long _ = new PointCopy(new LocalStore("copy", points))
                        .copy(point, List.of(source.place().store()), Optional.empty());
            });
            Path clone = clone(machine, head);
            FreshMachine.Ran ran = machine.run(
                    clone,
                    List.of(
                            "./foundation",
                            "recover",
                            "--drill",
                            "--json",
                            "--point",
                            point.id().toString(),
                            "--from",
                            points.toString(),
                            "--confirm",
                            source.spec().instance().value()),
                    workspace.terminal().err()::println);
            inside = read(ran, problems);
        } catch (IOException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        inside.ifPresent(each -> {
            each.steps().forEach(steps::add);
            problems.addAll(each.problems());
        });
        return Evidence.of(
                point.seal(),
                Drills.place(Workspace.host(), source.identity().isPresent()),
                RestoreProof.program(),
                started,
                clock.instant(),
                steps.all(),
                inside.map(Evidence::checks).orElse(List.of()),
                problems);
    }

    private static Optional<Evidence> read(FreshMachine.Ran ran, List<String> problems) {
        try {
            return Optional.of(Evidence.parse((new String(ran.output(), StandardCharsets.UTF_8).strip() + "\n")
                    .getBytes(StandardCharsets.UTF_8)));
        } catch (BundleException e) {
            problems.add("the recovery ended with exit code " + ran.exit() + " and without evidence: "
                    + String.join(" ", ran.last()));
            return Optional.empty();
        }
    }

    /** The fresh machine runs the jar that was built here: so it must be of the commit that is cloned. */
    private String sameCommit() throws IOException, InterruptedException {
        Path here = workspace.repository();
        String changed = git("status", "--porcelain", "--untracked-files=no", "--", ".", ":(exclude)Pulumi.*.yaml");
        if (!changed.isEmpty()) {
            throw new Refused("a drill recovers from what is committed, and these files are changed:\n" + changed
                    + "\nCommit them first. Nothing was made.");
        }
        if (!Files.exists(here.resolve("target/foundation.jar"))) {
            throw new IOException("target/foundation.jar is not there: start this by ./foundation");
        }
        return git("rev-parse", "HEAD");
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "git", "-c", "safe.directory=*", "-C", workspace.repository().toString()));
        command.addAll(List.of(arguments));
        Finished done = Processes.run(Command.of(command).within(CLONE));
        if (!done.ok()) {
            throw new IOException(
                    "git " + arguments[0] + " failed in " + workspace.repository() + ": " + done.errors());
        }
        return done.text();
    }

    /** What a person would have on a new machine: the repository and the passphrase. */
    private Path clone(FreshMachine machine, String head) throws IOException, InterruptedException {
        Path clone = machine.home().resolve("foundation");
        String _ = git("clone", "-q", repository, clone.toString());
        String cloned = git("-C", clone.toString(), "rev-parse", "HEAD");
        if (!cloned.equals(head)) {
            throw new IOException("the repository " + repository + " is at " + cloned + ", and this clone at " + head
                    + ": push first. A lost machine would come back as that repository has it");
        }
        Files.writeString(clone.resolve("Pulumi.foundation.yaml"), source.configuration());
        Path target = Files.createDirectories(clone.resolve("target"));
        Finished copied = Processes.run(Command.of(List.of(
                        "cp",
                        "-a",
                        workspace.repository().resolve("target/foundation.jar").toString(),
                        workspace.repository().resolve("target/lib").toString(),
                        target.toString()))
                .within(CLONE));
        if (!copied.ok()) {
            throw new IOException("the jar could not be copied to the fresh machine: " + copied.errors());
        }
        Files.createFile(target.resolve(".built"));
        Files.setLastModifiedTime(
                target.resolve(".built"), FileTime.from(Instant.now().plusSeconds(1)));
        Path passphrase = machine.home()
                .resolve(".config/foundation")
                .resolve(source.spec().instance().value() + ".passphrase");
        new PassphraseFile(passphrase, clone).create(source.passphrase());
        return clone;
    }
}
