package dev.foundation.testing;

import dev.foundation.parts.Locations;
import dev.foundation.process.Command;
import dev.foundation.process.Finished;
import dev.foundation.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/** nektos/act, which runs workflows, by the recipe in {@code scripts/tests/act}: made once, in the launcher's cache, beside the parts. */
public final class ActTool {
    private static final String VERSION = "0.2.89";

    private ActTool() {}

    /** The program, or a skipped test where there is no Go to make it with; a failure where tools are required. */
    public static Path need() throws IOException, InterruptedException {
        if (Tools.find("act").isEmpty() && Tools.find("go").isPresent()) {
            make();
        }
        return Tools.need("act");
    }

    private static void make() throws IOException, InterruptedException {
        Path tools = Files.createDirectories(Locations.of(System.getenv()).tools());
        Path out = Files.createTempDirectory(tools, "unfinished-act-");
        Path recipe = Path.of("scripts/tests/act").toAbsolutePath();
        Finished done = Processes.run(
                Command.of(List.of(recipe.resolve("build").toString(), out.toString(), VERSION, out.toString()))
                        .in(recipe)
                        .within(Duration.ofMinutes(20)));
        if (!done.ok()) {
            throw new IOException("act was not built: " + done.errors());
        }
        Files.move(out, tools.resolve("act-" + VERSION), StandardCopyOption.ATOMIC_MOVE);
    }
}
