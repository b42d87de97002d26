package dev.foundation.bench;

import dev.foundation.bench.Bench.Setting;
import dev.foundation.objectstore.S3Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Many small objects of which none, or few, have changed since the last backup: what it takes to know that. */
final class UnchangedFigures {
    private static final String MEDIA = "media";
    private static final int CHANGED = 100;

    private UnchangedFigures() {}

    static void print(Setting setting) throws IOException, InterruptedException {
        int count = setting.options().blobs();
        int changed = Math.min(CHANGED, count);
        Path tree = setting.work().resolve("small");
        Path state = Files.createDirectories(setting.work().resolve("agent"));
        Path folder = Files.createDirectories(setting.fast().resolve("unchanged"));
        System.err.println("unchanged: making " + count + " files, and the first backup of each contender");
        BenchData.smallFiles(tree, count);
        try (LocalS3 server = LocalS3.start(LocalS3.Kind.VERSITYGW, setting.tools(), folder)) {
            var peers = new Peers(setting.tools(), server, setting.work());
            server.bucket(MEDIA, true);
            server.bucket(Runs.POINTS, true);
            double rcloneFirst = peers.rcloneSync(tree, MEDIA, "");
            peers.resticInit("restic");
            double resticFirst = peers.resticTree(tree, "restic");
            double oursFirst;
            List<Double> warm = new ArrayList<>();
            List<Double> cold = new ArrayList<>();
            List<Double> restic = new ArrayList<>();
            List<Double> sync = new ArrayList<>();
            List<Double> dry = new ArrayList<>();
            List<Double> warmFew = new ArrayList<>();
            List<Double> resticFew = new ArrayList<>();
            List<Double> syncFew = new ArrayList<>();
            double sentFew = 0;
            try (Child child = runs(server, state)) {
                oursFirst = child.ask(MEDIA)[0];
                for (int round = 1; round <= setting.options().rounds(); round++) {
                    System.err.println("unchanged: round " + round);
                    dry.add(peers.rcloneSync(tree, MEDIA, "--dry-run"));
                    double[] nothing = child.ask(MEDIA);
                    warm.add(nothing[0]);
                    if (nothing[2] > 0) {
                        throw new IOException("nothing has changed, and yet " + nothing[2] + " bytes were sent");
                    }
                    restic.add(peers.resticTree(tree, "restic"));
                    try (Child fresh = runs(server, state)) {
                        fresh.ask(MEDIA);
                        cold.add(fresh.end() - Runs.PAUSE_MILLIS / 1000.0);
                    }
                    sync.add(peers.rcloneSync(tree, MEDIA, ""));

                    BenchData.change(tree, count, changed, round);
                    syncFew.add(peers.rcloneSync(tree, MEDIA, "")); // the objects that ours is to find
                    double[] few = child.ask(MEDIA);
                    warmFew.add(few[0]);
                    sentFew = few[2];
                    resticFew.add(peers.resticTree(tree, "restic"));
                }
            }
            setting.report()
                    .table(
                            count + " small objects, nothing changed (versitygw); the first backup took ours "
                                    + String.format(
                                            Locale.ROOT,
                                            "%.0f s, restic %.0f s, rclone sync %.0f s",
                                            oursFirst,
                                            resticFirst,
                                            rcloneFirst),
                            0)
                    .add("ours: a whole run, warm JVM", warm, "")
                    .add("ours, from the start of a JVM to its end", cold, "")
                    .add("restic backup", restic, "warm: " + Report.ratio(restic, warm, 1))
                    .add("rclone sync, by size and time", sync, "warm: " + Report.ratio(sync, warm, 1))
                    .add("rclone sync --dry-run", dry, "warm: " + Report.ratio(dry, warm, 1))
                    .print();
            setting.report()
                    .table(changed + " of " + count + " changed", 0)
                    .add("ours: a whole run, warm JVM", warmFew, "")
                    .add("restic backup", resticFew, Report.ratio(resticFew, warmFew, 1))
                    .add("rclone sync, by size and time", syncFew, Report.ratio(syncFew, warmFew, 1))
                    .print();
            setting.report()
                    .say(String.format(
                            Locale.ROOT,
                            "  Cost follows what changed: %d changed objects add %.2f s, %.1f ms each, and send %.0f kB. A run with nothing new asks for the"
                                    + " listing (%.0f objects a second), seals and reads back the list of objects.",
                            changed,
                            Report.median(warmFew) - Report.median(warm),
                            1000 * (Report.median(warmFew) - Report.median(warm)) / changed,
                            sentFew / 1e3,
                            count / Report.median(warm)));
        }
    }

    private static Child runs(LocalS3 server, Path state) throws IOException {
        S3Access access = server.access();
        return Child.start(
                Child.AGENTS,
                Runs.class,
                List.of(access.endpoint().toString(), access.accessKey(), access.secretKey(), state.toString()));
    }
}
