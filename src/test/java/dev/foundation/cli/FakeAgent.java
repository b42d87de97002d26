package dev.foundation.cli;

import dev.foundation.event.RunEvent;
import dev.foundation.event.RunEventLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A docker that runs what it is given on this machine, and a curl that answers from files. */
final class FakeAgent {
    static final String POINT = "20261121T030000Z";
    private final Path folder;

    FakeAgent(CliRun cli) throws IOException {
        folder = Files.createDirectories(cli.folder.resolve("agent"));
        Path docker = cli.folder.resolve("bin/docker");
        Files.writeString(docker, """
                #!/bin/sh
                if [ "$1" = exec ]; then echo "$3" >>%1$s/containers; shift 3; exec "$@"; fi
                cat %1$s/inspect 2>/dev/null
                echo 'Error: No such container: x' >&2
                exit 1
                """.formatted(folder));
        Path curl = cli.folder.resolve("bin/curl");
        Files.writeString(curl, """
                #!/bin/sh
                for last; do :; done
                target=${last#http://127.0.0.1:9108}
                echo "$target" >>%1$s/asked
                name=$(printf %%s "$target" | tr '/?&=' '____')
                if [ ! -e "%1$s/$name" ]; then echo "no answer for $target" >&2; exit 7; fi
                cat "%1$s/$name"
                if [ -e "%1$s/$name.then" ]; then . "%1$s/$name.then"; fi
                """.formatted(folder));
        if (!curl.toFile().setExecutable(true)) {
            throw new IOException("not executable");
        }
    }

    FakeAgent answer(String target, int status, String body) throws IOException {
        return answer(target, status, body.getBytes(StandardCharsets.UTF_8));
    }

    FakeAgent answer(String target, int status, byte[] body) throws IOException {
        var all = new ByteArrayOutputStream();
        all.write(("HTTP/1.1 " + status + " Word\r\ncontent-type: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        all.write(body);
        Files.write(folder.resolve(name(target)), all.toByteArray());
        return this;
    }

    /** What the fake curl does after its answer, such as {@code exit 18}. */
    FakeAgent then(String target, String script) throws IOException {
        Files.writeString(folder.resolve(name(target) + ".then"), script + "\n");
        return this;
    }

    FakeAgent run(String target, RunEvent... events) throws IOException {
        var lines = new StringBuilder();
        for (RunEvent event : events) {
            lines.append(RunEventLine.of(event)).append('\n');
        }
        return answer(target, 200, lines.toString());
    }

    FakeAgent containers(String json) throws IOException {
        Files.writeString(folder.resolve("inspect"), json);
        return this;
    }

    List<String> asked() throws IOException {
        Path file = folder.resolve("asked");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    List<String> reached() throws IOException {
        return Files.readAllLines(folder.resolve("containers"));
    }

    /** The file with the answer. */
    static String name(String target) {
        return target.replaceAll("[/?&=]", "_");
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    static RunEvent.Ended ended(RunEvent.Verdict verdict, String... problems) {
        boolean none = verdict == RunEvent.Verdict.FAILED || verdict == RunEvent.Verdict.REFUSED;
        return new RunEvent.Ended("2026-11-21T03:05:00Z", verdict, none ? "" : POINT, none ? 0 : 42, List.of(problems));
    }

    /**
     * Two points.
     *
     * @param second whether the second place is off-site
     * @param point the newest point's name
     */
    static String points(boolean second, String point) {
        return """
                {"instance":"foundation","alarms":["the seal of 20261119T030000Z at local has a second version, written later: someone who can write to the store tried to change it"],
                 "places":[{"name":"local","place":"http://s3:9000/foundation-backups","kind":"s3","answers":true,"problem":""},
                           {"name":"%1$s","place":"%2$s","kind":"%3$s","answers":true,"problem":""}],
                 "secondFailureDomain":%4$s,"new in a later version":1,
                 "points":[{"point":"20261120T030000Z","sequence":41,"epoch":1,"at":["local"],"complete":false,
                            "suspicious":["postgres.sql.gz is 83 %% smaller than the last five were, and has 2 of 41 tables"],
                            "held":true,"verified":"","size":999,"blobs":{"count":1,"size":1234567}},
                           {"point":"%5$s","sequence":42,"epoch":1,"at":["local","%1$s"],"complete":true,"suspicious":[],
                            "held":false,"verified":"2026-11-21T06:00:00Z","size":123456789,"blobs":{"count":3,"size":99}}],
                 "unfinished":[{"point":"20261118T030000Z","place":"local","reason":"it has no seal"}],
                 "lastRun":"2026-11-21T03:00:00Z","lastResult":"complete"}
                """.formatted(
                        second ? "off-site" : "folder",
                        second ? "https://s3.example.org/points" : "/points",
                        second ? "s3" : "folder",
                        second,
                        point);
    }
}
