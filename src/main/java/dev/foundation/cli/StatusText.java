package dev.foundation.cli;

import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The status for people. */
final class StatusText {
    private final Terminal terminal;
    private final Instant now;

    StatusText(Terminal terminal, Instant now) {
        this.terminal = terminal;
        this.now = now;
    }

    List<String> lines(StatusReport report) {
        FoundationSpec spec = report.spec();
        List<String> lines = new ArrayList<>();
        lines.add(terminal.strong("Foundation " + spec.instance() + " on " + report.host()
                + (spec.running()
                        ? ""
                        : " (down: containers are removed, data is kept; `./foundation up` brings it back)")));
        lines.add("");
        report.services().forEach(service -> lines.add(line(service, spec.running())));
        lines.add("");
        lines.addAll(report.choices());
        lines.addAll(recovery(report.notRecoverable()));
        return lines;
    }

    /** Where things are; for the end of {@code up}. */
    static List<String> addresses(FoundationSpec spec) {
        String host = StatusReport.reachable(spec.bindAddress());
        String literal = host.contains(":") ? "[" + host + "]" : host;
        List<String> lines = new ArrayList<>();
        if (spec.forgejo().enabled()) {
            lines.add("Forgejo    " + spec.forgejo().rootUrl() + "  (ssh on port "
                    + spec.forgejo().sshPort() + ")");
        }
        if (spec.vault().enabled()) {
            lines.add("Vault      http://" + literal + ":" + spec.vault().port() + "/");
        }
        if (spec.s3().enabled()) {
            lines.add("S3         http://" + literal + ":" + spec.s3().port() + "/");
        }
        if (spec.postgres().enabled()) {
            lines.add("Postgres   " + literal + ":" + spec.postgres().port());
        }
        if (spec.vault().enabled()) {
            lines.add(
                    "Credentials are in Vault at foundation/<service>/admin-credentials. Vault's root token, in a shell after");
            lines.add(
                    "eval \"$(./foundation env)\":  pulumi stack output vaultRootToken --show-secrets --stack foundation");
        }
        return lines;
    }

    private String line(ServiceStatus service, boolean wantedRunning) {
        String word = service.state().name().toLowerCase(Locale.ROOT);
        String padded = String.format(Locale.ROOT, "%-10s", word);
        String painted = service.state() == ServiceStatus.State.HEALTHY
                ? terminal.good(padded)
                : service.fine(wantedRunning) ? padded : terminal.bad(padded);
        String ports = service.ports().isEmpty()
                ? ""
                : "port" + (service.ports().size() > 1 ? "s " : " ")
                        + String.join(
                                ", ",
                                service.ports().stream().map(String::valueOf).toList());
        return String.format(
                        Locale.ROOT,
                        "  %-10s%s%-18s%-18s%s%s",
                        name(service.service()),
                        painted,
                        service.version(),
                        ports,
                        service.since().map(this::since).orElse(""),
                        service.reason()
                                .map(reason -> (service.since().isPresent() ? ": " : "") + reason)
                                .orElse(""))
                .stripTrailing();
    }

    private static String name(ServiceName service) {
        return service == ServiceName.S3 ? "S3" : service.label();
    }

    private String since(Instant start) {
        return "since " + start.truncatedTo(ChronoUnit.SECONDS) + " (" + rough(Duration.between(start, now)) + ")";
    }

    static String rough(Duration duration) {
        if (duration.toDays() > 1) {
            return duration.toDays() + " days";
        }
        if (duration.toHours() > 1) {
            return duration.toHours() + " hours";
        }
        return duration.toMinutes() > 1 ? duration.toMinutes() + " minutes" : Math.max(0, duration.toSeconds()) + " s";
    }

    private List<String> recovery(List<String> reasons) {
        if (reasons.isEmpty()) {
            return List.of(terminal.good("RECOVERABLE") + " from the repository and the passphrase.");
        }
        List<String> lines = new ArrayList<>(List.of(terminal.bad("NOT RECOVERABLE") + ", because:"));
        reasons.forEach(reason -> lines.add("  - " + reason));
        return lines;
    }
}
