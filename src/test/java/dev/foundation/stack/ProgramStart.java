package dev.foundation.stack;

import java.util.List;
import java.util.Map;

/**
 * How long the program takes from the JVM's start to the last registration, in milliseconds: two ways of starting it, in turn, a line a
 * round. {@code scripts/bench} runs it from its source with the jar as its class path, as {@code ProgramStart ROUNDS COMMAND... -- COMMAND...}.
 */
final class ProgramStart {
    private static final String CONFIGURATION = """
            {"foundation:instanceId": "00000000-0000-4000-8000-000000000000", "foundation:site": "online",
             "foundation:s3": "{\\"engine\\": \\"rustfs\\"}", "foundation:forgejo": "{\\"product\\": \\"forgejo\\"}"}""";

    private ProgramStart() {}

    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        int split = words.indexOf("--");
        List<String> first = words.subList(1, split);
        List<String> second = words.subList(split + 1, words.size());
        // The monitor here stands for Pulumi's engine, which is compiled: one round that does not count lets the
        // compiler see it.
        long _ = milliseconds(first);
        for (int round = 0; round < Integer.parseInt(words.getFirst()); round++) {
            System.out.println(milliseconds(first) + " " + milliseconds(second));
        }
    }

    private static long milliseconds(List<String> command) throws Exception {
        try (RecordingMonitor monitor = new RecordingMonitor(false)) {
            return monitor.run(command, Map.of("PULUMI_CONFIG", CONFIGURATION)).toMillis();
        }
    }
}
