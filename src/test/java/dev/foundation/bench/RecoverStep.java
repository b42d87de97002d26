package dev.foundation.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One step of a recovery and the plain tool beside it, with what their turns took. */
final class RecoverStep {
    private final String name;
    private final String tool;
    private final String phases;
    private final Ours ours;
    private final Alone alone;
    private final List<double[]> numbers = new ArrayList<>();
    private final List<Double> limits = new ArrayList<>();

    /** @param phases a format for the three numbers of {@link RestorePhases}, seconds */
    RecoverStep(String name, String tool, String phases, Ours ours, Alone alone) {
        this.name = name;
        this.tool = tool;
        this.phases = phases;
        this.ours = ours;
        this.alone = alone;
    }

    interface Ours {
        double[] take(Child child, Path stage) throws IOException, InterruptedException;
    }

    interface Alone {
        double take() throws IOException, InterruptedException;
    }

    interface Turn {
        void take() throws IOException, InterruptedException;
    }

    void ours(Child child, Path stage) throws IOException, InterruptedException {
        numbers.add(ours.take(child, stage));
    }

    void alone() throws IOException, InterruptedException {
        limits.add(alone.take());
    }

    /** Of ours, in each round. */
    List<Double> seconds() {
        return column(0);
    }

    List<Double> limits() {
        return List.copyOf(limits);
    }

    private List<Double> column(int which) {
        return numbers.stream().map(each -> each[which]).toList();
    }

    /**
     * The table, and what ours spent its time on.
     *
     * @param megabytes of the content
     * @param small the same step of the point that has a tenth of it
     */
    void print(Report report, double megabytes, RecoverStep small) {
        report.table(String.format(Locale.ROOT, "recover: %s (%.1f MB)", name, megabytes), megabytes)
                .add("ours", seconds(), times(seconds(), limits, "the limit"))
                .add(tool, limits, "")
                .print();
        report.say(String.format(
                        Locale.ROOT,
                        "  ours: " + phases,
                        Report.median(column(2)),
                        Report.median(column(3)),
                        Report.median(column(4)))
                + String.format(
                        Locale.ROOT,
                        "; %.2f s of CPU in all, with the programs that it starts and without the servers. A tenth of it takes %.2f s,"
                                + " %.2f s of CPU",
                        Report.median(column(1)),
                        Report.median(small.column(0)),
                        Report.median(small.column(1))));
    }

    /** {@code takes 1.24x of the limit}. */
    static String times(List<Double> ours, List<Double> other, String what) {
        return String.format(Locale.ROOT, "takes %.2fx of %s", Report.median(ours) / Report.median(other), what);
    }

    static String times(List<Double> ours, List<Double> other, String what, double goal) {
        return times(ours, other, what) + String.format(Locale.ROOT, " (goal %sx)", goal);
    }
}
