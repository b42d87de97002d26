package dev.foundation.spec;

import java.util.List;
import java.util.Optional;

/** The backup as configured: what R5.1 and R2.2 name. Lists are copied. */
public record BackupSpec(
        Optional<String> ageRecipient,
        List<String> furtherAgeRecipients,
        int retentionDaily,
        int retentionWeekly,
        int retentionMonthly,
        int retentionYearly,
        String schedule,
        Optional<OffSite> offSite) {
    public BackupSpec {
        furtherAgeRecipients = List.copyOf(furtherAgeRecipients);
    }

    /** The second failure domain (R2.2). @param aws the program makes the bucket itself, with versioning and object lock */
    public record OffSite(String endpoint, String bucket, String region, boolean pathStyle, boolean aws) {}
}
