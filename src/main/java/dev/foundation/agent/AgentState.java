package dev.foundation.agent;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.foundation.bundle.Known;
import dev.foundation.retention.RunFacts;
import dev.foundation.schedule.Job;
import dev.foundation.stream.Sha256;
import dev.foundation.stream.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What the agent remembers from run to run, in one file of its own volume. Losing it loses nothing but comparisons: the chain is read again from the
 * stores, and the next run is due at once. Safe for many threads.
 */
final class AgentState {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final int REMEMBERED = 5;

    private final Path file;
    private Content content;

    /**
     * The file. Moments are ISO 8601 in UTC.
     *
     * @param sequence the highest one seen; 0 for none
     * @param seal digest of the seal that has it; empty for none
     * @param since when the agent was first set up
     * @param begun by job, when its last run began
     * @param ended by job, when its last run ended, well or not
     * @param succeeded by job, when a run last ended well
     * @param alerted jobs whose silence was told
     * @param good facts of the last good runs, newest first
     */
    record Content(
            long sequence,
            String seal,
            String since,
            Map<String, String> begun,
            Map<String, String> ended,
            Map<String, String> succeeded,
            List<String> alerted,
            List<Fact> good) {
        /** What an older version's file does not have is empty. */
        @SuppressWarnings("NullAway") // Jackson gives null for what is missing
        Content {
            begun = begun == null ? Map.of() : Map.copyOf(begun);
            ended = ended == null ? Map.of() : Map.copyOf(ended);
            succeeded = succeeded == null ? Map.of() : Map.copyOf(succeeded);
            alerted = alerted == null ? List.of() : List.copyOf(alerted);
            good = good == null ? List.of() : List.copyOf(good);
        }
    }

    /** {@link RunFacts} as the file holds them; repositories are -1 where they were not counted. */
    record Fact(Map<String, Long> sizes, Map<String, Long> rows, Map<String, Long> objects, long repositories) {
        static Fact of(RunFacts facts) {
            return new Fact(
                    facts.sizes(),
                    facts.rows(),
                    facts.objects(),
                    facts.repositories().orElse(-1));
        }

        RunFacts facts() {
            return new RunFacts(
                    sizes, rows, objects, repositories < 0 ? OptionalLong.empty() : OptionalLong.of(repositories));
        }
    }

    private AgentState(Path file, Content content) {
        this.file = file;
        this.content = content;
    }

    static AgentState load(Path folder, Instant now) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("state.json");
        try {
            return new AgentState(file, JSON.readValue(Files.readAllBytes(file), Content.class));
        } catch (NoSuchFileException e) {
            return new AgentState(
                    file, new Content(0, "", now.toString(), Map.of(), Map.of(), Map.of(), List.of(), List.of()));
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            throw new IOException("the agent's memory " + file + " is damaged: look at it, then remove it", e);
        }
    }

    /** @param removed sequences that pruning removed */
    synchronized Known known(List<Known.Range> removed) {
        return content.sequence() == 0
                ? new Known(0, Optional.empty(), removed)
                : new Known(content.sequence(), Optional.of(new Sha256(content.seal())), removed);
    }

    synchronized List<RunFacts> good() {
        return content.good().stream().map(Fact::facts).toList();
    }

    synchronized Optional<Instant> begun(Job job) {
        return Optional.ofNullable(content.begun().get(job.toString())).map(Instant::parse);
    }

    synchronized Optional<Instant> ended(Job job) {
        return Optional.ofNullable(content.ended().get(job.toString())).map(Instant::parse);
    }

    synchronized Map<Job, Instant> succeeded() {
        Map<Job, Instant> all = new EnumMap<>(Job.class);
        for (Job job : Job.values()) {
            String at = content.succeeded().get(job.toString());
            if (at != null) {
                all.put(job, Instant.parse(at));
            }
        }
        return all;
    }

    synchronized Instant since() {
        return Instant.parse(content.since());
    }

    synchronized List<String> alerted() {
        return content.alerted();
    }

    synchronized void begin(Job job, Instant at) throws IOException {
        Content now = content;
        save(new Content(
                now.sequence(),
                now.seal(),
                now.since(),
                with(now.begun(), job, at),
                now.ended(),
                now.succeeded(),
                now.alerted(),
                now.good()));
    }

    /** @param good whether it ended well */
    synchronized void end(Job job, Instant at, boolean good) throws IOException {
        Content now = content;
        save(new Content(
                now.sequence(),
                now.seal(),
                now.since(),
                now.begun(),
                with(now.ended(), job, at),
                good ? with(now.succeeded(), job, at) : now.succeeded(),
                now.alerted(),
                now.good()));
    }

    /** A run that began and never ended: the process was killed, or the machine. */
    synchronized boolean cutShort(Job job) {
        String begun = content.begun().get(job.toString());
        String ended = content.ended().get(job.toString());
        return begun != null && (ended == null || Instant.parse(ended).isBefore(Instant.parse(begun)));
    }

    synchronized void alerted(List<String> jobs) throws IOException {
        Content now = content;
        if (!jobs.equals(now.alerted())) {
            save(new Content(
                    now.sequence(),
                    now.seal(),
                    now.since(),
                    now.begun(),
                    now.ended(),
                    now.succeeded(),
                    jobs,
                    now.good()));
        }
    }

    /** A point was sealed. @param facts empty if the run was suspicious: later ones are not held against it */
    synchronized void sealed(long sequence, Sha256 seal, Optional<RunFacts> facts) throws IOException {
        Content now = content;
        List<Fact> good = new ArrayList<>(now.good());
        facts.ifPresent(each -> good.addFirst(Fact.of(each)));
        save(new Content(
                sequence,
                seal.hex(),
                now.since(),
                now.begun(),
                now.ended(),
                now.succeeded(),
                now.alerted(),
                List.copyOf(good.subList(0, Math.min(REMEMBERED, good.size())))));
    }

    private static Map<String, String> with(Map<String, String> map, Job job, Instant at) {
        Map<String, String> copy = new TreeMap<>(map);
        copy.put(job.toString(), at.toString());
        return copy;
    }

    private void save(Content next) throws IOException {
        WholeFile.write(file, JSON.writeValueAsBytes(next));
        content = next;
    }
}
