package dev.foundation.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.e2e.TestMachine.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository with one LFS object, pushed into the foundation's forge, to be found whole again later.
 *
 * @param head the pushed commit
 * @param objectId sha256 of the LFS object, in hexadecimal
 */
record LfsProject(Foundation foundation, String head, String objectId) {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    static LfsProject push(Foundation foundation) throws IOException, InterruptedException {
        TestMachine machine = foundation.machine;
        Map<String, String> login = login(foundation);
        Path work = machine.home().resolve("story");
        machine.run("git", "init", "-q", "-b", "main", work.toString()).mustSucceed();
        Files.writeString(work.resolve("README"), "a story\n");
        byte[] large = new byte[300_000];
        new Random(7).nextBytes(large);
        Files.write(work.resolve("picture.bin"), large);
        Result pushed = machine.run(work, login, LIMIT, "sh", "-c", """
                        set -e
                        curl -sS --fail -u "$U:$P" -H 'Content-Type: application/json' -d '{"name":"story","default_branch":"main"}' \\
                          http://127.0.0.1:3000/api/v1/orgs/foundation/repos >/dev/null
                        git lfs install --local >/dev/null
                        git lfs track '*.bin' >/dev/null
                        git add -A
                        git commit -qm story
                        git push -q "http://$U:$P@127.0.0.1:3000/foundation/story.git" main
                        git rev-parse HEAD
                        git lfs ls-files -l
                        """).mustSucceed();
        return new LfsProject(
                foundation,
                first("(?m)^([0-9a-f]{40})$", pushed.output()),
                first("(?m)^([0-9a-f]{64}) ", pushed.output()));
    }

    /** A fresh clone has the commit and the object's very bytes. */
    void mustBeWhole() throws IOException, InterruptedException {
        TestMachine machine = foundation.machine;
        Path again = Files.createTempDirectory(machine.home(), "again-");
        Result cloned =
                machine.run(again, login(foundation), LIMIT, "sh", "-c", """
                        set -e
                        git clone -q "http://$U:$P@127.0.0.1:3000/foundation/story.git" .
                        git lfs pull
                        git rev-parse HEAD
                        sha256sum picture.bin
                        """).mustSucceed();
        assertThat(cloned.output()).contains(head).contains(objectId);
    }

    /** The same project, looked for in another foundation. */
    LfsProject at(Foundation other) {
        return new LfsProject(other, head, objectId);
    }

    /** Hooks may be missing and a push succeed all the same: what the server knows afterwards is the proof. */
    void aPushMustFireItsHook() throws IOException, InterruptedException {
        Path work = Files.createTempDirectory(foundation.machine.home(), "push-");
        Result pushed = foundation
                .machine
                .run(work, login(foundation), LIMIT, "sh", "-c", """
                        set -e
                        git clone -q "http://$U:$P@127.0.0.1:3000/foundation/story.git" .
                        echo more >>README
                        git commit -qam more
                        git push -q origin HEAD:after-recovery
                        git rev-parse HEAD
                        for i in 1 2 3 4 5 6 7 8 9 10; do
                          curl -sS -u "$U:$P" http://127.0.0.1:3000/api/v1/repos/foundation/story/branches/after-recovery && break
                          sleep 1
                        done
                        """)
                .mustSucceed();
        assertThat(pushed.output())
                .contains("\"name\":\"after-recovery\"")
                .contains(first("(?m)^([0-9a-f]{40})$", pushed.output()));
    }

    /** The object lies in the bucket under its id: Forgejo really uses the S3 server. */
    void objectMustBeInTheBucket() throws IOException, InterruptedException {
        Result listed = foundation.s3(
                foundation.credential("s3/admin-credentials"), "http://127.0.0.1:9000/forgejo-lfs?list-type=2");
        assertThat(listed.output()).contains(objectId.substring(4));
    }

    private static Map<String, String> login(Foundation foundation) throws IOException, InterruptedException {
        Map<String, String> admin = foundation.credential("forgejo/admin-credentials");
        return Map.of("U", admin.get("username"), "P", admin.get("password"));
    }

    private static String first(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }
}
