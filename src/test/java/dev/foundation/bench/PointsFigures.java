package dev.foundation.bench;

import dev.foundation.bench.Bench.Setting;
import dev.foundation.objectstore.S3Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Listing many points, and planning what to prune of them, at versitygw. */
final class PointsFigures {
    private PointsFigures() {}

    static void print(Setting setting) throws IOException, InterruptedException {
        int many = setting.options().points();
        int fewer = Math.max(1, many / 10);
        Path state = Files.createDirectories(setting.work().resolve("points"));
        Path folder = Files.createDirectories(setting.fast().resolve("points"));
        System.err.println("points: making " + many + " points, and " + fewer);
        try (LocalS3 server = LocalS3.start(LocalS3.Kind.VERSITYGW, setting.tools(), folder)) {
            server.bucket("many", true);
            server.bucket("fewer", true);
            Listings.make(server, "many", many, state);
            Listings.make(server, "fewer", fewer, state);
            List<Double> warm = new ArrayList<>();
            List<Double> fresh = new ArrayList<>();
            List<Double> cold = new ArrayList<>();
            List<Double> prune = new ArrayList<>();
            List<Double> pruneFresh = new ArrayList<>();
            try (Child agent = listings(server, state)) {
                double first = ask(agent, "warm", "many", many); // makes the cache
                setting.report().say("\npoints: the first listing of " + many + ", which makes the cache: " + "%.2f s".formatted(first));
                ask(agent, "prune", "many", many);
                for (int round = 1; round <= setting.options().rounds(); round++) {
                    System.err.println("points: round " + round);
                    warm.add(ask(agent, "warm", "many", many));
                    prune.add(ask(agent, "prune", "many", many));
                    for (String question : List.of("warm", "prune", "cold")) {
                        boolean less = question.equals("cold");
                        try (Child child = listings(server, state)) {
                            ask(child, question, less ? "fewer" : "many", less ? fewer : many);
                            (less ? cold : question.equals("warm") ? fresh : pruneFresh).add(child.end());
                        }
                    }
                }
            }
            setting.report()
                    .table("listing points (goals for 10,000: points below 2 s, prune --plan below 5 s, warm)", 0)
                    .add("points, " + many + ", in the agent", warm, "")
                    .add("points, " + many + ", fresh JVM, cache kept", fresh, "")
                    .add("points, " + fewer + ", fresh JVM, no cache", cold, "")
                    .add("prune --plan, " + many + ", in the pruner", prune, "")
                    .add("prune --plan, " + many + ", fresh JVM", pruneFresh, "")
                    .print();
            setting.report()
                    .say("  Each point is proved: by the chain from a signed one, or by its signature; points are hourly, their inventories (1000 blobs)"
                            + " change daily. What is left is a listing of the folders, and for pruning the inventories, each read once.");
        }
    }

    private static double ask(Child child, String question, String bucket, int expected) throws IOException {
        double[] numbers = child.ask(question, bucket);
        if (numbers[2] != expected) {
            throw new IOException(question + " found " + numbers[2] + " points of " + expected);
        }
        return numbers[0];
    }

    private static Child listings(LocalS3 server, Path state) throws IOException {
        S3Access access = server.access();
        return Child.start(
                Child.AGENTS,
                Listings.class,
                List.of(
                        access.endpoint().toString(),
                        access.accessKey(),
                        access.secretKey(),
                        state.toString()));
    }
}
