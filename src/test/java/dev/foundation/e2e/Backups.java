package dev.foundation.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.e2e.TestMachine.Result;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The chapters about backups: a foundation that backs itself up, and points that hold what they say. */
final class Backups {
    private final Foundation foundation;
    private final TestMachine machine;

    Backups(Foundation foundation) {
        this.foundation = foundation;
        this.machine = foundation.machine;
    }

    Path folder() {
        return machine.home().resolve(".local/state/foundation/foundation/points");
    }

    JsonNode points() throws IOException, InterruptedException {
        return foundation.json(foundation.run("points", "--json"));
    }

    JsonNode newest() throws IOException, InterruptedException {
        JsonNode points = points().at("/points");
        assertThat(points.size()).as("points: " + points).isPositive();
        return points.get(points.size() - 1);
    }

    /** The first run is due as soon as the agent serves (R1.5). */
    void aFirstPointComesByItself() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(4).toNanos();
        while (points().at("/points").isEmpty()) {
            assertThat(System.nanoTime())
                    .as("no point came by itself: "
                            + machine.run("docker", "logs", "--tail", "30", "foundation-backup")
                                    .output())
                    .isLessThan(deadline);
            Thread.sleep(3000);
        }
    }

    /** On demand; a run of the agent's own that is under way comes first. */
    void takeOne() throws IOException, InterruptedException {
        Result run = foundation.run("backup");
        for (int i = 0; run.exit() == 4 && i < 24; i++) {
            Thread.sleep(5000);
            run = foundation.run("backup");
        }
        assertThat(run.exit()).as(run.output()).isZero();
    }

    /** @return the new point */
    JsonNode aPointOnDemandIsCompleteAtBothPlaces() throws IOException, InterruptedException {
        long before = newest().path("sequence").asLong();
        Result run = foundation.run("backup");
        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(run.output()).contains("No second failure domain");
        JsonNode point = newest();
        assertThat(point.path("sequence").asLong()).isEqualTo(before + 1);
        assertThat(point.path("complete").asBoolean()).isTrue();
        assertThat(point.path("at").toString()).contains("local", "folder");
        return point;
    }

    void onlyNewObjectsTravel() throws IOException, InterruptedException {
        JsonNode first = aPointOnDemandIsCompleteAtBothPlaces();
        assertThat(blobs(first).path("count").asLong()).isPositive();
        JsonNode second = aPointOnDemandIsCompleteAtBothPlaces();
        assertThat(blobs(second).path("count").asLong())
                .isEqualTo(blobs(first).path("count").asLong());
        assertThat(blobs(second).path("newCount").asLong(-1)).isZero();
    }

    private JsonNode blobs(JsonNode point) throws IOException, InterruptedException {
        return foundation
                .json(foundation.run("show", point.path("point").asText(), "--json"))
                .at("/seal/blobs");
    }

    /** Nothing of this project is needed to open a point: R2.4, P1. */
    void theStandardToolsOpenIt(String head) throws IOException, InterruptedException {
        String id = newest().path("point").asText();
        Path point = folder().resolve(id);
        Path identity = machine.home().resolve("identity");
        foundation
                .shell("umask 077; pulumi config get backupAgeIdentity --stack foundation >" + identity)
                .mustSucceed();
        String script = """
                set -e
                cd "$POINT"
                printf 'foundation %s\n' "$KEY" >"$HOME/signers"
                ssh-keygen -Y verify -f "$HOME/signers" -I foundation -n foundation-seal -s SEAL.json.sig <SEAL.json
                age -d -i "$ID" postgres.sql.gz.age | gunzip | grep -c '^COPY ' | sed 's/^/tables: /'
                age -d -i "$ID" forgejo-repos.tar.zst.age | zstd -dc | tar t | grep -c 'story.git' | sed 's/^/story: /'
                age -d -i "$ID" forgejo-repos.tar.zst.age | zstd -dc | tar x -C "$OUT"
                git -c safe.directory='*' --git-dir "$OUT/git/repositories/foundation/story.git" rev-parse main
                age -d -i "$ID" vault-raft.snap.age | tar xzO SHA256SUMS | grep -c state.bin | sed 's/^/snapshot: /'
                age -d -i "$ID" pulumi-state.json.age | grep -q '"deployment"' && echo state: yes
                age -d -i "$ID" MANIFEST.json.age | grep -q '"exclusions"' && echo manifest: yes
                """;
        Path out = Files.createTempDirectory(machine.home(), "unpacked-");
        Result opened = machine.run(
                machine.home(),
                Map.of(
                        "POINT", point.toString(),
                        "ID", identity.toString(),
                        "OUT", out.toString(),
                        "KEY", sealPublicKey()),
                Duration.ofMinutes(2),
                "sh",
                "-c",
                script);
        Files.deleteIfExists(identity);
        opened.mustSucceed();
        assertThat(opened.output())
                .contains("Good \"foundation-seal\" signature", head, "snapshot: 1", "state: yes", "manifest: yes")
                .doesNotContain("tables: 0", "story: 0");
    }

    private String sealPublicKey() throws IOException {
        return Files.readString(foundation.clone.resolve("Pulumi.foundation.yaml"))
                .lines()
                .filter(line -> line.contains("foundation:sealPublicKey:") && !line.contains("#"))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*sealPublicKey:\\s*", "");
    }

    /** A flipped byte is found where it is, and nowhere else. */
    void aFlippedByteIsNamed() throws IOException, InterruptedException {
        String id = newest().path("point").asText();
        Result whole = foundation.run("verify", "--latest");
        assertThat(whole.exit()).as(whole.output()).isZero();
        assertThat(whole.output()).contains("contents were opened, and hold what the manifest says");
        Path victim = folder().resolve(id).resolve("postgres.sql.gz.age");
        try (RandomAccessFile file = new RandomAccessFile(victim.toFile(), "rw")) {
            long at = file.length() / 2;
            file.seek(at);
            int was = file.read();
            file.seek(at);
            file.write(was ^ 1);
            Result damaged = foundation.run("verify", "--latest");
            file.seek(at);
            file.write(was);
            assertThat(damaged.exit()).as(damaged.output()).isEqualTo(1);
            assertThat(damaged.output()).contains("folder", id, "postgres.sql.gz.age");
        }
        assertThat(foundation.run("verify", "--latest").exit()).isZero();
    }

    void whatRetentionWouldDoIsToldWithReasons() throws IOException, InterruptedException {
        Result plan = foundation.run("prune", "--plan");
        assertThat(plan.exit()).as(plan.output()).isZero();
        assertThat(plan.output()).contains(newest().path("point").asText());
        Result refused = foundation.run("prune", "--apply");
        assertThat(refused.exit()).isIn(0, 4);
    }

    void anArtifactIsExtractedOpened() throws IOException, InterruptedException {
        String id = newest().path("point").asText();
        Path out = machine.home().resolve("dump.sql.gz");
        foundation.run("extract", id, "postgres.sql.gz", "-o", out.toString()).mustSucceed();
        assertThat(machine.run("sh", "-c", "gunzip <" + out + " | tail -n 3").output())
                .contains("foundation: end of the script");
        Files.delete(out);
    }

    /** Tried with the agent's own credentials (T4, R5.3): what somebody who broke into it could do. */
    void theAgentCannotDestroyHistory() throws IOException, InterruptedException {
        Map<String, String> all = foundation.credential("backup/backup-credentials");
        Map<String, String> agent = Map.of("accessKey", all.get("s3AccessKey"), "secretKey", all.get("s3SecretKey"));
        String id = newest().path("point").asText();
        String seal = "foundation-backups/" + id + "/SEAL.json";
        assertThat(S3Rights.status(foundation, agent, "GET", seal)).isEqualTo(200);
        String versions = foundation
                .s3(agent, "http://127.0.0.1:9000/foundation-backups?versions&prefix=" + id + "/SEAL.json")
                .output();
        String version = versions.replaceFirst("(?s).*<VersionId>([^<]+)</VersionId>.*", "$1");
        for (String call : List.of(
                "DELETE " + seal,
                "DELETE " + seal + "?versionId=" + version,
                "DELETE foundation-backups",
                "PUT foundation-backups?versioning",
                "PUT forgejo-lfs/x",
                "DELETE forgejo-lfs/x",
                "PUT mine")) {
            String[] parts = call.split(" ");
            assertThat(S3Rights.status(foundation, agent, parts[0], parts[1]))
                    .as(call)
                    .isBetween(400, 403);
        }
        // It can write over a seal; that is seen, and the older version still counts.
        assertThat(S3Rights.status(foundation, agent, "PUT", seal)).isEqualTo(200);
        Result points = foundation.run("points");
        assertThat(points.output()).contains("SEAL.json", "versions").contains(id);
    }

    void theMetricsAndRefreshTellOfIt() throws IOException, InterruptedException {
        String metrics =
                machine.run("curl", "-sS", "http://127.0.0.1:9107/metrics").output();
        assertThat(metrics)
                .contains(
                        "foundation_backup_last_success_timestamp_seconds{job=\"backup\"}",
                        "foundation_backup_rpo_seconds");
        foundation.pulumi("refresh --stack foundation --yes --skip-preview").mustSucceed();
        String state = foundation.pulumi("stack export --stack foundation").output();
        assertThat(state)
                .contains("\"newestPoint\": \"" + newest().path("point").asText() + "\"");
    }
}
