package dev.foundation.spec;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The backup as configured: what R5.1 and R2.2 name.
 *
 * @param enabled whether the agent and the pruner run; on wherever Vault and the S3 server are, unless switched off
 * @param retiredSealPublicKeys older generations: their points are still believed (K1)
 * @param identityGeneration from 1: which generation of the age identity {@code ageRecipient} belongs to
 * @param folder the host's folder for the second copy where there is no off-site store; empty for the default in the state folder
 */
public record BackupSpec(
        boolean enabled,
        Optional<String> ageRecipient,
        List<String> furtherAgeRecipients,
        Optional<String> sealPublicKey,
        List<String> retiredSealPublicKeys,
        int identityGeneration,
        Retention retention,
        Timetable timetable,
        int port,
        Memory memory,
        Optional<String> folder,
        Optional<OffSite> offSite) {
    public BackupSpec {
        furtherAgeRecipients = List.copyOf(furtherAgeRecipients);
        retiredSealPublicKeys = List.copyOf(retiredSealPublicKeys);
    }

    /** How many points of each kind are kept: the last N days, weeks, months and years that have any. */
    public record Retention(int daily, int weekly, int monthly, int yearly) {}

    /**
     * When each job runs: cron expressions of five fields, as in crontab(5).
     *
     * @param jitter up to this much later, so that many hosts do not meet
     */
    public record Timetable(String backup, String prune, String verify, ZoneId zone, Duration jitter) {}

    /** The second failure domain (R2.2). @param aws the program makes the bucket itself, with versioning and object lock */
    public record OffSite(String endpoint, String bucket, String region, boolean pathStyle, boolean aws) {}

    /** Whose seals are believed: the current key first; empty before the first run made it. */
    public List<String> sealPublicKeys() {
        List<String> all = new ArrayList<>(sealPublicKey.stream().toList());
        all.addAll(retiredSealPublicKeys);
        return all;
    }

    /** Whom points are sealed to; empty before the first run made the identity. */
    public List<String> recipients() {
        List<String> all = new ArrayList<>(ageRecipient.stream().toList());
        all.addAll(furtherAgeRecipients);
        return all;
    }
}
