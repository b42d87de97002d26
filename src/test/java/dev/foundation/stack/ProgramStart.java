package dev.foundation.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How long the program takes from the JVM's start to the last registration, in milliseconds, one line a run. {@code scripts/bench} starts
 * it from its source, with the jar as its class path: {@code java -cp target/foundation.jar ProgramStart.java RUNS COMMAND...}.
 */
final class ProgramStart {
    private static final String CONFIGURATION = """
            {"foundation:instanceId": "00000000-0000-4000-8000-000000000000", "foundation:site": "online",
             "foundation:s3": "{\\"engine\\": \\"rustfs\\"}", "foundation:forgejo": "{\\"product\\": \\"forgejo\\"}"}""";

    private ProgramStart() {}

    public static void main(String[] arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(arguments));
        int runs = Integer.parseInt(command.removeFirst());
        for (int run = 0; run < runs; run++) {
            try (RecordingMonitor monitor = new RecordingMonitor(false)) {
                System.out.println(monitor.run(command, Map.of("PULUMI_CONFIG", CONFIGURATION))
                        .toMillis());
            }
        }
    }
}
