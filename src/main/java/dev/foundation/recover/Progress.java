package dev.foundation.recover;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.foundation.stream.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a recovery has come, kept beside its stage, so that a second run goes on (R3.4). Holds no secret.
 *
 * @param instance whose
 * @param point as its folder is called
 * @param epoch that the recovered foundation will have
 * @param from as {@link OffSite#from}
 * @param began ISO 8601 in UTC
 * @param unsealGeneration of the unseal keys that open the point's Vault; 0 until that is proved, and where it has none
 * @param done the last step that is done
 * @param millis what each step took, over all runs
 * @param warnings what a person was told
 */
public record Progress(
        String instance,
        String point,
        long sequence,
        int epoch,
        String from,
        String began,
        int unsealGeneration,
        Step done,
        Map<String, Long> millis,
        List<String> warnings) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String FILE = "progress.json";

    /** In their order. */
    public enum Step {
        CHOSEN("choose the point and read all of it"),
        STAGED("copy its objects to this machine"),
        PROVED("prove the identity and the unseal keys"),
        PREPARED("prepare the stack dr"),
        UP("bring it up and restore"),
        RENAMED("name the stack foundation"),
        CLAIMED("claim the off-site with a first point");

        private final String text;

        Step(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    public Progress {
        millis = Map.copyOf(millis);
        warnings = List.copyOf(warnings);
    }

    public boolean has(Step step) {
        return done.compareTo(step) >= 0;
    }

    public boolean over() {
        return done == Step.CLAIMED;
    }

    /** @param took for this step, in this run */
    public Progress after(Step step, long took) {
        Map<String, Long> all = new LinkedHashMap<>(millis);
        all.merge(step.name(), took, Long::sum);
        return new Progress(instance, point, sequence, epoch, from, began, unsealGeneration, step, all, warnings);
    }

    public Progress openedBy(int generation) {
        return new Progress(instance, point, sequence, epoch, from, began, generation, done, millis, warnings);
    }

    /** What was left in the folder; empty if nothing was begun there. */
    public static Optional<Progress> read(Path folder) throws IOException {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(folder.resolve(FILE)), Progress.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException e) {
            throw new IOException(folder.resolve(FILE) + " cannot be read, so nobody knows how far the recovery came."
                    + " If nothing of it is worth keeping, remove " + folder + " and the stack dr, and begin anew");
        }
    }

    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        WholeFile.write(
                folder.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    }
}
