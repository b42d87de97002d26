package dev.foundation.cli;

import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.FoundationSpec.ForgejoSpec.Product;
import dev.foundation.spec.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The status for people. */
final class StatusText {
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

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
        lines.addAll(table(report));
        lines.add("");
        lines.addAll(report.choices());
        lines.addAll(new BackupStatusText(terminal, now).lines(report.backup()));
        if (report.spec().backup().enabled()) {
            lines.addAll(report.drill().lines(now));
        }
        lines.addAll(recovery(report.notRecoverable()));
        return lines;
    }

    /** Where things are; for the end of {@code up}. */
    static List<String> addresses(FoundationSpec spec) {
        String host = StatusReport.reachable(spec.bindAddress());
        String literal = host.contains(":") ? "[" + host + "]" : host;
        List<String> lines = new ArrayList<>();
        if (spec.forgejo().enabled()) {
            lines.add((spec.forgejo().product() == Product.GITEA ? "Gitea      " : "Forgejo    ")
                    + spec.forgejo().rootUrl() + "  (ssh on port "
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

    /** One line per service; what is left of the reasons stands in columns, as wide as their widest text. */
    private List<String> table(StatusReport report) {
        List<List<String>> rows = report.services().stream()
                .map(service -> List.of(
                        name(service.service()), word(service.state()), running(service, report), ports(service)))
                .toList();
        int[] widths = new int[4];
        rows.forEach(row -> Arrays.setAll(
                widths, column -> Math.max(widths[column], row.get(column).length())));
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            ServiceStatus service = report.services().get(i);
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String cell = rows.get(i).get(column);
                String painted =
                        column == 1 ? painted(service, cell, report.spec().running()) : cell;
                line.append("  ").append(painted).append(" ".repeat(widths[column] - cell.length()));
            }
            line.append("  ").append(service.since().map(this::since).orElse(""));
            String separator = service.since().isPresent() ? ": " : "";
            service.reason().ifPresent(reason -> line.append(separator).append(reason));
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private String painted(ServiceStatus service, String word, boolean wantedRunning) {
        if (service.state() == ServiceStatus.State.HEALTHY) {
            return terminal.good(word);
        }
        return service.fine(wantedRunning) ? word : terminal.bad(word);
    }

    private static String word(ServiceStatus.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** Product, where a choice stands behind the service's name, and version. */
    private static String running(ServiceStatus service, StatusReport report) {
        return service.version().isEmpty()
                ? ""
                : service.product(report.draft()).map(product -> product + " ").orElse("") + service.version();
    }

    private static String ports(ServiceStatus service) {
        return switch (service.ports().size()) {
            case 0 -> "";
            case 1 -> "port " + service.ports().getFirst();
            default -> "ports " + service.ports().stream().map(String::valueOf).collect(Collectors.joining(", "));
        };
    }

    private static String name(ServiceName service) {
        return service == ServiceName.S3 ? "S3" : service.label();
    }

    private String since(Instant start) {
        return "since " + MINUTES.format(start) + " UTC, " + rough(Duration.between(start, now));
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
