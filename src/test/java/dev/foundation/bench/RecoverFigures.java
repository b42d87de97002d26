package dev.foundation.bench;

import dev.foundation.bench.Bench.Setting;
import dev.foundation.bench.RecoverPoint.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a recovery takes, step by step, beside what the step's plain tool takes for the same content; and the memory of the JVMs that do it. */
final class RecoverFigures {
    private static final double GOAL = 1.3;
    private static final String RESTORES =
            "%.2f s to look at the target and prove the sealed bytes, %.2f s to open and check all of it and clear the target,"
                    + " %.2f s to open it again into its place";

    private final Setting setting;
    private final RecoverPoint point;
    private final RecoverTurns turns;
    private final List<RecoverStep> steps;
    private final List<Double> together = new ArrayList<>();
    private final RecoverMemory memory = new RecoverMemory();

    private RecoverFigures(Setting setting, RecoverPoint point) throws IOException {
        this.setting = setting;
        this.point = point;
        this.turns = new RecoverTurns(setting, point);
        this.steps = List.of(
                new RecoverStep(
                        "read the point, copy its own objects here",
                        "sha256sum of all, cp",
                        "%.2f s to read and prove every byte, blobs too, and %3$.2f s to copy",
                        turns::read,
                        turns::readAlone),
                new RecoverStep(
                        "Postgres", "psql -f of the plain script", RESTORES, turns::postgres, turns::postgresAlone),
                new RecoverStep(
                        "Forgejo's volume", "tar -x of the plain tar", RESTORES, turns::forgejo, turns::forgejoAlone),
                new RecoverStep(
                        "buckets",
                        "rclone sync of the plain files",
                        "%.2f s to look at the target and prove the lists, %3$.2f s to open, prove and bring the blobs",
                        turns::buckets,
                        turns::bucketsAlone));
    }

    static void print(Setting setting) throws IOException, InterruptedException {
        Size size = setting.options().recovered();
        System.err.println("recover: making a point of " + words(size) + ", and one of a tenth");
        RecoverFigures small;
        try (var kept = new Kept(setting, "tenth", size.tenth())) {
            small = new RecoverFigures(setting, kept.point());
            small.oursAlone();
        }
        try (var kept = new Kept(setting, "whole", size)) {
            var figures = new RecoverFigures(setting, kept.point());
            for (int round = 1; round <= setting.options().rounds(); round++) {
                System.err.println("recover: round " + round);
                figures.round(round);
            }
            figures.print(size, small);
        }
    }

    /** A point as long as it is needed. */
    private record Kept(Path folder, RecoverPoint point) implements AutoCloseable {
        Kept(Setting setting, String name, Size size) throws IOException, InterruptedException {
            this(setting.work().resolve(name), RecoverPoint.make(setting, name, size));
        }

        @Override
        public void close() throws IOException {
            Scratch.remove(folder);
        }
    }

    /** Both JVMs are new in each round, as in a recovery: nothing is warm. */
    private void round(int round) throws IOException, InterruptedException {
        Path stage = setting.work().resolve("stage");
        try (Child reading = turns.child();
                Child restoring = turns.child()) {
            for (RecoverStep step : steps) {
                Child child = step == steps.getFirst() ? reading : restoring;
                List<RecoverStep.Turn> both = new ArrayList<>(List.of(() -> step.ours(child, stage), step::alone));
                Collections.rotate(both, round - 1);
                for (RecoverStep.Turn turn : both) {
                    turn.take();
                }
            }
            memory.reading(reading);
            memory.restoring(restoring);
            atOnce(stage);
        } finally {
            Scratch.remove(stage);
        }
    }

    private void atOnce(Path stage) throws IOException, InterruptedException {
        try (Child restoring = turns.child()) {
            together.add(turns.together(restoring, stage)[0]);
            memory.atOnce(restoring);
        }
    }

    private void oursAlone() throws IOException, InterruptedException {
        Path stage = setting.work().resolve("stage");
        try (Child reading = turns.child();
                Child restoring = turns.child()) {
            for (RecoverStep step : steps) {
                step.ours(step == steps.getFirst() ? reading : restoring, stage);
            }
            memory.reading(reading);
            memory.restoring(restoring);
            atOnce(stage);
        } finally {
            Scratch.remove(stage);
        }
    }

    private void print(Size size, RecoverFigures small) throws IOException {
        var report = setting.report();
        report.say("\nrecover: " + words(size) + "; each step into what is empty, in JVMs that have just started ("
                + String.join(" ", setting.options().flags())
                + (setting.options().flags().equals(RecoverTurns.FLAGS) ? ", as ./foundation starts them" : "")
                + "); the goal is for the whole");
        double script = Files.size(point.script()) / 1e6;
        double tar = Files.size(point.tar()) / 1e6;
        double objects = size.blobs() / 1e6;
        List<Double> megabytes = List.of(bytes(point.store()) / 1e6, script, tar, objects);
        for (int i = 0; i < steps.size(); i++) {
            steps.get(i).print(report, megabytes.get(i), small.steps.get(i));
        }
        List<Double> ours = sums(steps, RecoverStep::seconds);
        List<Double> limits = sums(steps, RecoverStep::limits);
        List<Double> copies = sums(steps.subList(1, steps.size()), RecoverStep::limits);
        List<Double> restores = sums(steps.subList(1, steps.size()), RecoverStep::seconds);
        report.table("recover: the whole, one step after the other", 0)
                .add("ours", ours, RecoverStep.times(ours, limits, "the sum of the limits", GOAL))
                .add("the limits", limits, "")
                .add("psql, tar and rclone, nothing read before", copies, RecoverStep.times(ours, copies, "it"))
                .add(
                        "the three restores at once, as up begins them",
                        together,
                        RecoverStep.times(together, restores, "ours in turn"))
                .print();
        report.say("  Vault is left out: its restore is the server's own, seconds at any size. So are Docker (Forgejo's"
                + " volume is a folder here, and the containers' programs run beside it; a container's start and"
                + " its pipe come on top), images, and Pulumi.");
        memory.print(report, small.memory);
    }

    private interface Of {
        List<Double> seconds(RecoverStep step);
    }

    /** Of each round. */
    private static List<Double> sums(List<RecoverStep> steps, Of of) {
        List<Double> all = new ArrayList<>();
        for (int round = 0; round < of.seconds(steps.getFirst()).size(); round++) {
            double sum = 0;
            for (RecoverStep step : steps) {
                sum += of.seconds(step).get(round);
            }
            all.add(sum);
        }
        return all;
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.mapToLong(each -> each.toFile().isFile() ? each.toFile().length() : 0)
                    .sum();
        }
    }

    private static String words(Size size) {
        return String.format(
                Locale.ROOT,
                "%.1f MB of rows, %.1f MB of objects, %d repositories",
                size.database() / 1e6,
                size.blobs() / 1e6,
                size.repositories());
    }
}
