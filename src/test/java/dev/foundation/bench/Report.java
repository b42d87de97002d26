package dev.foundation.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Figures as a table for people, each table at once when it is whole, or as one JSON object at the end. */
final class Report {
    private static final JsonMapper JSON = new JsonMapper();

    private final boolean json;
    private final ArrayNode figures = JSON.createArrayNode();
    private final ArrayNode sentences = JSON.createArrayNode();

    Report(boolean json) {
        this.json = json;
    }

    /** One line of a table. @param ratio how many times as fast as ours is than this peer, or empty text */
    private record Row(String who, List<Double> seconds, String rate, String ratio) {}

    /** A table of contenders for one piece of work. */
    final class Table {
        private final String title;
        private final double megabytes;
        private final List<Row> rows = new ArrayList<>();

        private Table(String title, double megabytes) {
            this.title = title;
            this.megabytes = megabytes;
        }

        /** @param seconds of each run */
        Table add(String who, List<Double> seconds, String ratio) {
            double median = median(seconds);
            String rate = megabytes > 0 ? "%.0f MB/s".formatted(megabytes / median) : "";
            rows.add(new Row(who, List.copyOf(seconds), rate, ratio));
            ObjectNode node = figures.addObject().put("table", title).put("who", who).put("median", median);
            ArrayNode all = node.putArray("seconds");
            seconds.forEach(all::add);
            if (megabytes > 0) {
                node.put("megabytes", megabytes);
            }
            if (!ratio.isEmpty()) {
                node.put("ratio", ratio);
            }
            return this;
        }

        void print() {
            if (json) {
                return;
            }
            System.out.println();
            System.out.println(title);
            for (Row row : rows) {
                double[] sorted =
                        row.seconds().stream().mapToDouble(Double::doubleValue).sorted().toArray();
                System.out.printf(
                        Locale.ROOT,
                        "  %-42s %9.2f s  (%d: %.2f to %.2f)  %10s  %s%n",
                        row.who(),
                        median(row.seconds()),
                        sorted.length,
                        sorted[0],
                        sorted[sorted.length - 1],
                        row.rate(),
                        row.ratio());
            }
        }
    }

    /** @param megabytes that each contender reads; 0 where a rate says nothing */
    Table table(String title, double megabytes) {
        return new Table(title, megabytes);
    }

    void say(String sentence) {
        sentences.add(sentence);
        if (!json) {
            System.out.println(sentence);
        }
    }

    /** To be called last. */
    void finish() {
        if (json) {
            ObjectNode root = JSON.createObjectNode();
            root.set("figures", figures);
            root.set("sentences", sentences);
            System.out.println(root.toPrettyString());
        }
    }

    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** {@code 1.52x (goal 1.5x)}: how many times as long the peer takes. */
    static String ratio(List<Double> peer, List<Double> ours, double goal) {
        return String.format(Locale.ROOT, "ours is %.2fx (goal %sx)", median(peer) / median(ours), goal);
    }

    static double sum(double... values) {
        return Arrays.stream(values).sum();
    }
}
