package dev.foundation.plugin.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.foundation.docker.DockerCli;
import dev.foundation.docker.StoredFile;
import dev.foundation.docker.VolumeStore;
import dev.foundation.plugin.Problem;
import dev.foundation.plugin.Problems;
import dev.foundation.plugin.ReplaceOnChange;
import dev.foundation.plugin.ResourceHandler;
import dev.foundation.plugin.Run;
import dev.foundation.spec.BackupPlan;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The backup job: a file in the agent's volume, which the agent reads again within a minute, and what the agent last said of itself. Deleting it
 * stops the schedule and touches no point.
 */
public final class BackupJob implements ResourceHandler<BackupJob.Inputs, BackupJob.Outputs> {
    private static final String STATUS = "status.json";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private final DockerCli docker;

    public BackupJob(DockerCli docker) {
        this.docker = docker;
    }

    /**
     * @param volume where the agent reads the job
     * @param statusVolume where the agent writes what it last did
     * @param image any image on this machine; a container is made of it to reach the volumes, and not started
     */
    public record Inputs(@ReplaceOnChange String volume, String statusVolume, String image, BackupPlan job) {}

    /**
     * What the agent said of itself when the state was last refreshed; empty before its first run.
     *
     * @param lastRun when the last run began, as an instant
     * @param lastResult {@code complete}, {@code incomplete}, {@code suspicious} or {@code failed}
     * @param newestPoint the point of the highest sequence
     */
    public record Outputs(String lastRun, String lastResult, String newestPoint) {}

    @Override
    public String token() {
        return "foundation:index:BackupJob";
    }

    @Override
    public Class<Inputs> inputs() {
        return Inputs.class;
    }

    @Override
    public Class<Outputs> outputs() {
        return Outputs.class;
    }

    @Override
    public List<Problem> check(Inputs inputs) {
        var job = inputs.job();
        return new Problems()
                .filled("volume", inputs.volume())
                .filled("statusVolume", inputs.statusVolume())
                .filled("image", inputs.image())
                .filled("job.instanceId", job.instanceId())
                .unless(job.epoch() >= 1, "job.epoch", "must be 1 or more")
                .unless(job.identityGeneration() >= 1, "job.identityGeneration", "must be 1 or more")
                .unless(
                        !job.recipients().isEmpty(),
                        "job.recipients",
                        "name at least one: nobody could open the points")
                .unless(
                        !job.sealPublicKeys().isEmpty(),
                        "job.sealPublicKeys",
                        "name at least one: no seal would be believed")
                .unless(!job.destinations().isEmpty(), "job.destinations", "name at least one")
                .list();
    }

    /** A volume that is gone, or was made anew without the file, must be written again. */
    @Override
    public Optional<String> drift(String id, Inputs inputs, Outputs state) throws InterruptedException {
        try {
            if (jobs(inputs).stamp().isEmpty()) {
                return Optional.of("the job's volume is missing");
            }
            var stored = jobs(inputs).read(BackupPlan.FILE);
            return stored.filter(file(inputs)::equals).isPresent()
                    ? Optional.empty()
                    : Optional.of("the job's file is missing or was changed");
        } catch (IOException e) {
            return Optional.empty(); // Docker cannot be reached: no reason to change anything.
        }
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        jobs(inputs).write(Map.of(BackupPlan.FILE, file(inputs)));
        return new Created<>(inputs.volume(), status(inputs));
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException, InterruptedException {
        if (known.isEmpty()) {
            throw new IOException("the backup job in volume " + id
                    + " cannot be imported, as only the program knows all of it; declare it and run up");
        }
        var was = known.get().inputs();
        if (jobs(was).stamp().isEmpty()) {
            return Optional.empty();
        }
        var stored = jobs(was).read(BackupPlan.FILE);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        var job = JSON.readValue(stored.get().content(), BackupPlan.class);
        return Optional.of(new Current<>(new Inputs(was.volume(), was.statusVolume(), was.image(), job), status(was)));
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run)
            throws IOException, InterruptedException {
        return create(inputs, run).outputs();
    }

    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) throws IOException, InterruptedException {
        if (jobs(old.inputs()).stamp().isPresent()) {
            var left = jobs(old.inputs()).remove(List.of(BackupPlan.FILE));
            if (!left.isEmpty()) {
                run.warn("the backup job's file was emptied and stays: its image has no rm");
            }
        }
    }

    private Outputs status(Inputs inputs) throws IOException, InterruptedException {
        var volume = new VolumeStore(docker, inputs.statusVolume(), inputs.image());
        if (volume.stamp().isEmpty()) {
            return new Outputs("", "", "");
        }
        var stored = volume.read(STATUS);
        if (stored.isEmpty()) {
            return new Outputs("", "", "");
        }
        JsonNode status = JSON.readTree(stored.get().content());
        return new Outputs(
                status.path("lastRun").asText(""),
                status.path("lastResult").asText(""),
                status.path("newestPoint").asText(""));
    }

    private VolumeStore jobs(Inputs inputs) {
        return new VolumeStore(docker, inputs.volume(), inputs.image());
    }

    private static StoredFile file(Inputs inputs) {
        try {
            return new StoredFile(JSON.writeValueAsBytes(inputs.job()), 0, 0, 0444);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts and numbers is always JSON", e);
        }
    }
}
