package dev.foundation.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.foundation.docker.DockerProgram;
import dev.foundation.process.Command;
import dev.foundation.process.Finished;
import dev.foundation.process.Input;
import dev.foundation.process.Processes;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.ServiceName;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The way to the backup agent, or to the pruner: HTTP on their own loopback, reached by {@code docker exec}. The host holds no credential. */
final class AgentDoor {
    /** Listing ten thousand points anew from a slow place takes its time. */
    static final Duration USUAL = Duration.ofMinutes(5);

    private static final String ADDRESS = "http://127.0.0.1:9108";
    private static final Duration START = Duration.ofMinutes(2);

    private final Map<String, String> environment;
    private final String container;

    /** @param environment for {@code DOCKER_HOST} and {@code PATH} */
    AgentDoor(Map<String, String> environment, String container) {
        this.environment = Map.copyOf(environment);
        this.container = container;
    }

    /** To the agent, where backups are on. */
    static AgentDoor agent(Workspace workspace, FoundationSpec spec) throws IOException {
        return door(workspace, spec, ServiceName.BACKUP);
    }

    /** To the pruner, the one that may delete (S7). */
    static AgentDoor pruner(Workspace workspace, FoundationSpec spec) throws IOException {
        return door(workspace, spec, ServiceName.PRUNER);
    }

    private static AgentDoor door(Workspace workspace, FoundationSpec spec, ServiceName service) throws IOException {
        if (!service.enabledIn(spec)) {
            throw new IOException(
                    "backups are switched off in Pulumi.foundation.yaml (foundation:backup.enabled, or Vault"
                            + " or S3, which they need): switch them on and run `./foundation up`");
        }
        if (!spec.running()) {
            throw new IOException("the foundation is down: `./foundation up` brings it back with its data");
        }
        return new AgentDoor(workspace.environment(), spec.instance().named(service.container()));
    }

    /** The whole answer to a GET. @throws AgentException if there is none, or it is not 200 */
    byte[] get(String target, Duration limit) throws IOException {
        return all(List.of("--max-time", String.valueOf(limit.toSeconds())), target, limit);
    }

    /** The one line that is answered to a POST. */
    String post(String target) throws IOException {
        byte[] answer = all(List.of("--max-time", String.valueOf(USUAL.toSeconds()), "--data", ""), target, USUAL);
        return new String(answer, StandardCharsets.UTF_8).strip();
    }

    /**
     * Hands over the evidence of a proof, to be kept beside the points. It goes through standard input: it may be larger than an argument.
     *
     * @param json as {@link dev.foundation.proof.Evidence#bytes}. @param signature as {@link dev.foundation.proof.Evidence#sign}
     * @return the agent's line
     */
    String evidence(byte[] json, String signature) throws IOException, InterruptedException {
        byte[] body = new JsonMapper()
                .createObjectNode()
                .put("evidence", new String(json, StandardCharsets.UTF_8))
                .put("signature", signature)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        List<String> args = new ArrayList<>(List.of(docker().toString(), "exec", "-i", container));
        args.addAll(List.of("curl", "--silent", "--show-error", "--connect-timeout", "5", "--max-time"));
        args.addAll(List.of(String.valueOf(USUAL.toSeconds()), "--data-binary", "@-", "--write-out", "\n%{http_code}"));
        args.add(ADDRESS + "/proof");
        Finished done = Processes.run(Command.of(args)
                .withEnvironment(environment)
                .withInput(Input.of(body))
                .within(USUAL.plusSeconds(30)));
        if (!done.ok()) {
            throw AgentFailures.of(container, done.exit(), done.errors(), false);
        }
        List<String> lines = done.text().lines().toList();
        String said = String.join(" ", lines.subList(0, Math.max(0, lines.size() - 1)));
        if (lines.isEmpty() || !lines.getLast().equals("200")) {
            throw new AgentException(
                    lines.isEmpty() ? AgentException.SILENT : Integer.parseInt(lines.getLast()),
                    said.isEmpty() ? "the agent did not take the evidence" : said);
        }
        return said;
    }

    /** Starts a run: its events follow as they happen, for as long as it takes. */
    AgentCall run(String target) throws IOException {
        return checked(call(List.of("--data", ""), target, START));
    }

    /** An object's bytes as they are stored. */
    AgentCall object(String point, String name) throws IOException {
        return checked(call(List.of(), "/object?id=" + encoded(point) + "&name=" + encoded(name), START));
    }

    /** A service as it is now, sealed. */
    AgentCall live(String service) throws IOException {
        return checked(call(List.of(), "/live?service=" + encoded(service), START));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private byte[] all(List<String> options, String target, Duration limit) throws IOException {
        try (AgentCall call = checked(call(options, target, limit.plusSeconds(2)));
                InputStream body = call.body()) {
            return body.readAllBytes();
        }
    }

    private Path docker() throws AgentException {
        return DockerProgram.find(environment)
                .orElseThrow(() -> new AgentException(
                        AgentException.SILENT,
                        "the docker command is not there: `./foundation doctor` says what is missing"));
    }

    private AgentCall call(List<String> options, String target, Duration patience) throws IOException {
        List<String> curl = new ArrayList<>(options);
        curl.add(ADDRESS + target);
        return AgentCall.open(docker(), environment, container, curl, patience);
    }

    private static AgentCall checked(AgentCall call) throws IOException {
        if (call.status() == 200) {
            return call;
        }
        try (call;
                InputStream body = call.body()) {
            String line = new String(body.readNBytes(4096), StandardCharsets.UTF_8).strip();
            throw new AgentException(
                    call.status(), line.isEmpty() ? "the agent answered with HTTP " + call.status() : line);
        }
    }
}
