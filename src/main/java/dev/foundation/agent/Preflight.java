package dev.foundation.agent;

import dev.foundation.artifact.postgres.ClientPrograms;
import dev.foundation.bundle.BlobNames;
import dev.foundation.postgres.PostgresAccess;
import dev.foundation.postgres.PostgresAdmin;
import dev.foundation.seal.SealKey;
import dev.foundation.spec.AgeRecipients;
import dev.foundation.spec.BackupPlan;
import dev.foundation.store.ObjectStore;
import dev.foundation.vault.VaultHealth;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Looks, before a run, at everything that it needs (R2.5): tools, endpoints, credentials, folders, free space, clocks. Each look is made whatever the
 * others found, so the report names all that is wrong at once. Writes nothing.
 */
final class Preflight {
    private static final Duration MOST_SKEW = Duration.ofMinutes(5); // S3 refuses a quarter of an hour
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LEAST_SPACE = 256L * 1024 * 1024;

    private final BackupPlan plan;
    private final AgentPlaces places;
    private final InstantSource clock;
    private final Map<String, String> findings = new TreeMap<>();

    /**
     * @param unusable destinations that do not answer, each with the reason: a run goes on without them while one is left
     * @param problems what makes a run impossible, each a sentence
     */
    record Report(List<String> problems, Map<String, String> unusable) {
        Report {
            problems = List.copyOf(problems);
            unusable = Map.copyOf(unusable);
        }

        boolean passed() {
            return problems.isEmpty();
        }
    }

    Preflight(BackupPlan plan, AgentPlaces places, InstantSource clock) {
        this.plan = plan;
        this.places = places;
        this.clock = clock;
    }

    /** What can be seen without credentials: to be asked where these cannot be had. */
    List<String> vault() throws InterruptedException {
        String address = plan.sources().getOrDefault("vault", "");
        try {
            VaultHealth health = new dev.foundation.vault.VaultClient(URI.create(address), () -> "")
                    .seal()
                    .health();
            return health.state() == VaultHealth.State.ACTIVE
                    ? List.of()
                    : List.of("Vault at " + address + " is "
                            + health.state().name().toLowerCase(java.util.Locale.ROOT) + ": see `./foundation status`");
        } catch (IOException e) {
            return List.of("Vault at " + address + " does not answer: " + e.getMessage());
        }
    }

    Report check(Credentials credentials, List<ObjectStore> stores) throws InterruptedException {
        vault().forEach(each -> findings.put("vault", each));
        keys(credentials);
        folders();
        postgres(credentials);
        Map<String, String> unusable = new TreeMap<>();
        for (ObjectStore store : stores) {
            try {
                List<String> unused = store.folders();
            } catch (IOException e) {
                unusable.put(store.name(), String.valueOf(e.getMessage()));
            }
        }
        if (unusable.size() == stores.size()) {
            findings.put("destinations", "no destination answers: " + String.join("; ", unusable.values()));
        }
        clocks();
        space();
        return new Report(List.copyOf(findings.values()), unusable);
    }

    private void keys(Credentials credentials) {
        for (String recipient : plan.recipients()) {
            if (!AgeRecipients.valid(recipient)) {
                findings.put("recipient " + recipient, recipient + " is no age recipient");
            }
        }
        try {
            SealKey key = SealKey.of(credentials.of("sealSigningKey"));
            if (plan.sealPublicKeys().stream().noneMatch(key::isOf)) {
                findings.put(
                        "seal key",
                        "sealSigningKey and sealPublicKey do not belong together: nobody would believe the seals");
            }
        } catch (IOException | IllegalArgumentException e) {
            findings.put("seal key", "sealSigningKey: " + e.getMessage());
        }
        try {
            new BlobNames(credentials.of("blobNameKey"));
        } catch (IOException | IllegalArgumentException e) {
            findings.put("blob name key", String.valueOf(e.getMessage()));
        }
    }

    private void folders() {
        Map<String, String> sources = plan.sources();
        readable("forgejo", sources.get("forgejo"), "Forgejo's volume");
        readable("pulumi", sources.get("pulumi"), "Pulumi's state");
        String repository = sources.get("repository");
        if (repository != null) {
            for (String file : List.of("Pulumi.foundation.yaml", "VERSIONS")) {
                readable(file, repository + "/" + file, file);
            }
        }
    }

    private void readable(String key, @org.jspecify.annotations.Nullable String path, String what) {
        if (path != null && !Files.isReadable(Path.of(path))) {
            findings.put(key, what + " cannot be read at " + path + ": is it mounted? Run `./foundation up`");
        }
    }

    private void postgres(Credentials credentials) throws InterruptedException {
        String address = plan.sources().get("postgres");
        if (address == null) {
            return;
        }
        try {
            ClientPrograms unused = ClientPrograms.in(places.postgresPrograms());
        } catch (IOException e) {
            findings.put("pg_dump", String.valueOf(e.getMessage()));
        }
        try {
            PostgresAccess access = LiveSources.postgres(address, credentials);
            try (PostgresAdmin connection = PostgresAdmin.connect(access)) {
                if (!connection.isReader(access.user())) {
                    findings.put(
                            "postgres",
                            "the role " + access.user()
                                    + " may not read everything in Postgres: run `./foundation up`, which mends it");
                }
            }
        } catch (IOException e) {
            findings.put("postgres", String.valueOf(e.getMessage()));
        }
    }

    /** Of every HTTP server: its Date header against our clock. */
    private void clocks() throws InterruptedException {
        List<URI> servers = new ArrayList<>();
        Optional.ofNullable(plan.sources().get("vault")).map(URI::create).ifPresent(servers::add);
        plan.destinations().stream()
                .filter(each -> each.kind().equals("s3"))
                .map(each -> URI.create(each.place()))
                .forEach(servers::add);
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            for (URI server : servers) {
                try {
                    HttpResponse<Void> answer = http.send(
                            HttpRequest.newBuilder(server.resolve("/"))
                                    .timeout(PATIENCE)
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
                    Optional<Instant> date = answer.headers()
                            .firstValue("Date")
                            .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
                    date.map(there -> Duration.between(there, clock.instant()))
                            .filter(skew -> skew.abs().compareTo(MOST_SKEW) > 0)
                            .ifPresent(skew -> findings.put(
                                    "clock " + server.getHost(),
                                    "the clocks of this host and of " + server.getHost() + " differ by "
                                            + skew.abs().toMinutes() + " minutes: set them right (NTP)"));
                } catch (IOException | DateTimeException e) {
                    // Whether it answers is another look's finding; a server without a date has no clock to compare.
                }
            }
        }
    }

    private void space() {
        List<Path> written = new ArrayList<>(List.of(places.state()));
        plan.destinations().stream()
                .filter(each -> each.kind().equals("folder"))
                .map(each -> Path.of(each.place()))
                .forEach(written::add);
        for (Path each : written) {
            try {
                long free = Files.getFileStore(each).getUsableSpace();
                if (free < LEAST_SPACE) {
                    findings.put(
                            "space " + each,
                            "only " + free / (1024 * 1024) + " MiB are free at " + each + ": make room, at least "
                                    + LEAST_SPACE / (1024 * 1024) + " MiB");
                }
            } catch (IOException e) {
                findings.put("space " + each, "the free space at " + each + " cannot be asked: " + e.getMessage());
            }
        }
    }
}
