package dev.foundation.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.e2e.TestMachine.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The chapter about one part of a point over the foundation that runs (R3.5, R-6): each kind is spoilt, restored, taken back, restored again. */
final class InPlace {
    private static final Pattern UNDO = Pattern.compile("\\./foundation restore --undo (restore-\\S+)");

    private final Foundation foundation;

    InPlace(Foundation foundation) {
        this.foundation = foundation;
    }

    /** @return the name that undoes it */
    private String restore(String part) throws IOException, InterruptedException {
        Result refused = foundation.run("restore", "--only", part);
        assertThat(refused.exit()).as(refused.output()).isEqualTo(4);
        Result restored = foundation.run("restore", "--only", part, "--confirm", "foundation");
        System.out.println(restored.output());
        restored.mustSucceed();
        Matcher name = UNDO.matcher(restored.output());
        assertThat(name.find()).as(restored.output()).isTrue();
        return name.group(1);
    }

    private void undo(String name) throws IOException, InterruptedException {
        foundation.run("restore", "--undo", name, "--confirm", "foundation").mustSucceed();
    }

    private String wiki(String sql) throws IOException, InterruptedException {
        return foundation
                .machine
                .run("docker", "exec", "foundation-postgres", "psql", "-XAtqU", "postgres", "-d", "wiki", "-c", sql)
                .mustSucceed()
                .output()
                .strip();
    }

    void aDatabase() throws IOException, InterruptedException {
        wiki("delete from page where id > 10");
        String undo = restore("postgres:wiki");
        assertThat(wiki("select count(*) from page")).isEqualTo("5000");
        undo(undo);
        assertThat(wiki("select count(*) from page")).isEqualTo("10");
        restore("postgres:wiki");
        assertThat(wiki("select count(*) from page")).isEqualTo("5000");
    }

    void aRepository(LfsProject project) throws IOException, InterruptedException {
        foundation
                .machine
                .run(
                        "docker",
                        "exec",
                        "foundation-forgejo",
                        "sh",
                        "-c",
                        "rm -rf /var/lib/gitea/git/repositories/foundation/story.git/objects/*")
                .mustSucceed();
        restore("forgejo:foundation/story");
        project.mustBeWhole();
    }

    void aBucket(LfsProject project) throws IOException, InterruptedException {
        Map<String, String> admin = foundation.credential("s3/admin-credentials");
        Matcher key = Pattern.compile("<Key>([^<]*" + project.objectId().substring(4) + ")</Key>")
                .matcher(foundation
                        .s3(admin, "http://127.0.0.1:9000/forgejo-lfs?list-type=2")
                        .output());
        assertThat(key.find()).isTrue();
        String url = "http://127.0.0.1:9000/forgejo-lfs/" + key.group(1);
        foundation.s3(admin, "-X", "PUT", "-d", "spoilt", url).mustSucceed();
        String undo = restore("bucket:forgejo-lfs");
        project.mustBeWhole();
        undo(undo);
        assertThat(foundation.s3(admin, url).output()).isEqualTo("spoilt");
        restore("bucket:forgejo-lfs");
        project.mustBeWhole();
    }

    /** Whoever logged in before goes on, and the agent logs in again. */
    void vault() throws IOException, InterruptedException {
        foundation
                .vaultAnswer(
                        foundation.rootToken(),
                        "POST",
                        "foundation/data/team/later-credentials",
                        "{\"data\":{\"password\":\"later\"}}")
                .mustSucceed();
        String undo = restore("vault");
        assertThat(later()).doesNotContain("later");
        assertThat(foundation.credential("team/wiki-credentials")).containsValue("kept");
        undo(undo);
        assertThat(later()).contains("later");
        restore("vault");
        foundation.waitUntilHealthy(Duration.ofMinutes(2));
        new Backups(foundation).takeOne();
    }

    private String later() throws IOException, InterruptedException {
        return foundation
                .vaultAnswer(foundation.rootToken(), "GET", "foundation/data/team/later-credentials", "")
                .output();
    }
}
