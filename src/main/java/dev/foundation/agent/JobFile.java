package dev.foundation.agent;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.foundation.spec.BackupPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The job as {@code pulumi up} wrote it last. A file that cannot be read leaves the one before in force, and says so. One thread at a time. */
final class JobFile {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private byte[] seen = new byte[0];
    private @Nullable BackupPlan plan;
    private Optional<String> problem = Optional.empty();

    JobFile(Path folder) {
        this.file = folder.resolve(BackupPlan.FILE);
    }

    /** Looks at the file again. Empty while there was never a good one. */
    Optional<BackupPlan> read() {
        try {
            byte[] now = Files.readAllBytes(file);
            if (!Arrays.equals(now, seen) || plan == null) {
                plan = JSON.readValue(now, BackupPlan.class);
                seen = now;
            }
            problem = Optional.empty();
        } catch (NoSuchFileException e) {
            problem = Optional.of("there is no job: run `./foundation up`");
            plan = null; // taken away on purpose: the schedule stops
        } catch (IOException e) {
            problem = Optional.of("the job's file cannot be read; the last good one stays in force: "
                    + e.getClass().getSimpleName());
        }
        return Optional.ofNullable(plan);
    }

    Optional<String> problem() {
        return problem;
    }
}
