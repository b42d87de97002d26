package dev.foundation.agent;

import dev.foundation.artifact.buckets.BlobSource;
import dev.foundation.backup.BackupReport;
import dev.foundation.backup.BackupRun;
import dev.foundation.backup.History;
import dev.foundation.backup.Identity;
import dev.foundation.backup.Sources;
import dev.foundation.bundle.BlobNames;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Seal.Product;
import dev.foundation.bundle.SealCache;
import dev.foundation.bundle.Trust;
import dev.foundation.event.RunEvent;
import dev.foundation.event.RunEvent.Verdict;
import dev.foundation.seal.SealKey;
import dev.foundation.spec.BackupPlan;
import dev.foundation.store.ObjectStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** One backup from beginning to end: credentials, preflight, what an earlier run left undone at a destination, the point. */
final class BackupJobRun {
    private final AgentPlaces places;
    private final AgentState state;
    private final InstantSource clock;
    private final int workers;

    BackupJobRun(AgentPlaces places, AgentState state, InstantSource clock, int workers) {
        this.places = places;
        this.state = state;
        this.clock = clock;
        this.workers = workers;
    }

    /** @param removed sequences that pruning removed */
    BackupReport run(BackupPlan plan, List<Known.Range> removed, Consumer<RunEvent> events)
            throws InterruptedException {
        Instant now = clock.instant();
        BundleId id = new BundleId(now);
        Preflight preflight = new Preflight(plan, places, clock);
        try {
            Credentials credentials = login(plan);
            try (Stores stores = Stores.open(plan, credentials)) {
                events.accept(new RunEvent.Began("preflight"));
                Preflight.Report report = preflight.check(credentials, stores.all());
                report.unusable()
                        .forEach((name, why) -> events.accept(
                                new RunEvent.Warned(name + " does not answer; the point is kept elsewhere: " + why)));
                if (!report.passed()) {
                    return failed(id, report.problems());
                }
                Sources sources = LiveSources.of(plan, credentials, places, workers);
                try {
                    Healing.heal(plan, state, stores.all(), caches(), removed, events);
                    return new BackupRun(
                                    identity(plan, credentials),
                                    stores.all(),
                                    caches(),
                                    sources,
                                    clock,
                                    workers,
                                    events)
                            .run(
                                    id,
                                    new History(
                                            state.known(removed),
                                            state.good(),
                                            places.state().resolve("blobs")));
                } finally {
                    sources.blobs().ifPresent(each -> each.close());
                }
            }
        } catch (IOException e) {
            java.util.LinkedHashSet<String> problems = new java.util.LinkedHashSet<>(preflight.vault());
            problems.add(String.valueOf(e.getMessage()));
            return failed(id, List.copyOf(problems));
        }
    }

    private static BackupReport failed(BundleId id, List<String> problems) {
        return new BackupReport(
                id, Verdict.FAILED, Optional.empty(), List.of(), problems, Optional.empty(), Map.of(), Map.of(), 0, 0);
    }

    /** The destinations, with credentials of this moment. */
    Stores stores(BackupPlan plan) throws IOException, InterruptedException {
        return Stores.open(plan, login(plan));
    }

    /** One service as it is now, sealed; no point. */
    InputStream live(BackupPlan plan, String service) throws IOException, InterruptedException {
        Sources sources = LiveSources.of(plan, login(plan), places, workers);
        boolean open = false;
        try {
            InputStream in = LiveArtifact.open(sources, service, plan.recipients(), workers, clock.instant());
            open = true;
            return new FilterInputStream(in) {
                @Override
                public void close() throws IOException {
                    try {
                        super.close();
                    } finally {
                        sources.blobs().ifPresent(BlobSource::close);
                    }
                }
            };
        } finally {
            if (!open) {
                sources.blobs().ifPresent(BlobSource::close);
            }
        }
    }

    private Credentials login(BackupPlan plan) throws IOException, InterruptedException {
        return Credentials.login(
                URI.create(plan.sources().getOrDefault("vault", "")), places.secrets(), "backup/backup-credentials");
    }

    /** One file a store, in the agent's volume. */
    Function<ObjectStore, SealCache> caches() {
        return store -> SealCache.at(places.state().resolve("seals-" + store.name()));
    }

    static Trust trust(BackupPlan plan) {
        return new Trust(plan.instanceId(), plan.epoch(), plan.sealPublicKeys());
    }

    private static Identity identity(BackupPlan plan, Credentials credentials) throws IOException {
        Map<String, Product> services = new HashMap<>();
        plan.products().forEach((service, product) -> {
            int space = product.indexOf(' ');
            services.put(service, new Product(product.substring(0, space), product.substring(space + 1)));
        });
        return new Identity(
                plan.recipients(),
                SealKey.of(credentials.of("sealSigningKey")),
                new BlobNames(credentials.of("blobNameKey")),
                trust(plan),
                Map.of(
                        "sealSigningKey",
                        plan.sealPublicKeys().size(),
                        "blobNameKey",
                        1,
                        "backupAgeIdentity",
                        plan.identityGeneration()),
                services);
    }
}
