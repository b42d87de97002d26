package dev.foundation.spec;

import java.util.List;
import java.util.Map;

/**
 * The backup as its agent is told: what, where to, for whom, when, and how long it is kept. The program declares it, the provider writes it as
 * JSON into the agent's job volume, the agent reads it there. Holds no secret.
 *
 * @param instanceId names the foundation in seals
 * @param epoch a recovered foundation takes a higher one
 * @param recipients age recipients that points are sealed to
 * @param sealPublicKeys whose seals are believed: {@code ssh-ed25519 AAAA...}, the current one first
 * @param identityGeneration of the age identity, from 1
 * @param timeZone of the tz database
 * @param jitterSeconds up to this much later does a job start
 * @param destinations where every point goes; the first is the local store, the second the off-site or its stand-in
 * @param sources where each source is, by its name: {@code vault}, {@code postgres}, {@code s3}, {@code forgejo}, {@code pulumi},
 *     {@code repository}
 * @param buckets whose objects are backed up (R2.3)
 * @param products product and version by service, such as {@code forgejo: gitea 1.26.0} (P7)
 */
public record BackupPlan(
        String instance,
        String instanceId,
        int epoch,
        List<String> recipients,
        List<String> sealPublicKeys,
        int identityGeneration,
        String backupSchedule,
        String pruneSchedule,
        String verifySchedule,
        String timeZone,
        int jitterSeconds,
        Retention retention,
        List<Destination> destinations,
        Map<String, String> sources,
        List<String> buckets,
        Map<String, String> products) {
    /** The file's name in the job volume. */
    public static final String FILE = "job.json";

    public BackupPlan {
        recipients = List.copyOf(recipients);
        sealPublicKeys = List.copyOf(sealPublicKeys);
        destinations = List.copyOf(destinations);
        sources = Map.copyOf(sources);
        buckets = List.copyOf(buckets);
        products = Map.copyOf(products);
    }

    /** As {@link BackupSpec.Retention}. */
    public record Retention(int daily, int weekly, int monthly, int yearly) {}

    /**
     * @param name {@code local} or {@code off-site}
     * @param kind {@code s3} or {@code folder}
     * @param place an endpoint, or a folder as the agent sees it
     * @param bucket empty for a folder
     */
    public record Destination(
            String name, String kind, String place, String bucket, String region, boolean pathStyle) {}
}
