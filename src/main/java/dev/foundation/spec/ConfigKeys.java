package dev.foundation.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every key of the configuration, with its default and what it may hold. The parser, its messages, the check for unknown keys and the
 * comments of {@code Pulumi.foundation.yaml} (held to it by a test) all speak from this one table.
 */
public final class ConfigKeys {

    /** How the value of a key is written. */
    public enum Kind {
        SCALAR,
        LIST,
        /** Encrypted in the file; never read here. */
        SECRET
    }

    /**
     * @param path under {@code foundation:}, with dots for structure
     * @param fallback the default as it would be written; empty where there is none
     * @param allowed what a message tells people to give
     */
    public record Key(String path, Kind kind, Optional<String> fallback, String allowed) {}

    /** Unseal keys of Vaults that were destroyed; backups of them may still need these (K1). */
    public static final String RETIRED_UNSEAL_KEYS = "retiredVaultUnsealKeys";

    /** Older generations, newest first; their points are still opened and believed (K1). */
    public static final String RETIRED_AGE_RECIPIENTS = "retiredBackupAgeRecipients";

    public static final String RETIRED_SEAL_PUBLIC_KEYS = "retiredSealPublicKeys";
    /** One a line, newest first: a point's copy of Pulumi's state stays under the passphrase of its time. */
    public static final String RETIRED_PASSPHRASES = "retiredPassphrases";

    public static final String OFFSITE_WRITER_ACCESS_KEY = "offsiteWriterAccessKey";
    public static final String OFFSITE_WRITER_SECRET_KEY = "offsiteWriterSecretKey";
    public static final String OFFSITE_READER_ACCESS_KEY = "offsiteReaderAccessKey";
    public static final String OFFSITE_READER_SECRET_KEY = "offsiteReaderSecretKey";

    /** Optional: a pair for the pruner that may lengthen locks off-site and delete nothing (P3). */
    public static final String OFFSITE_KEEPER_ACCESS_KEY = "offsiteKeeperAccessKey";

    public static final String OFFSITE_KEEPER_SECRET_KEY = "offsiteKeeperSecretKey";

    /** Where alarms go: the URL of an ntfy topic, and its access token if it wants one. */
    public static final String NTFY_URL = "ntfyUrl";

    public static final String NTFY_TOKEN = "ntfyToken";
    /** Push monitors, one a job (S9): whoever knows such a URL can silence the alarm, so it is a secret. */
    public static final String HEARTBEAT_BACKUP = "heartbeatBackup";

    public static final String HEARTBEAT_PRUNE = "heartbeatPrune";
    public static final String HEARTBEAT_VERIFY = "heartbeatVerify";
    public static final String HEARTBEAT_PROOF = "heartbeatProof";

    /** The last time that the recovery sheet was typed back: {@code kit verify} writes it. */
    public static final String KIT_VERIFIED = "kit.verified";

    private static final String PORT = "give a port from 1 to 65535";
    private static final String MEMORY = "give whole mebibytes or gibibytes, such as 512Mi or 1Gi, from 64Mi to 1024Gi";
    private static final String IMAGE =
            "give a pinned image: repository:tag (not latest), or repository@sha256:<64 hex digits>";
    private static final String SWITCH = "give true or false";
    private static final String KEPT = "give how many to keep, from 0 to 10000";
    private static final String LOGIN = "give a line for the recovery sheet, without a password in it";
    private static final String SECRET =
            "it must be encrypted: remove it here, then give it to `pulumi config set --secret` on standard input";

    private static final List<Key> ALL = List.of(
            scalar("instance", "foundation", "give lower-case letters, digits and hyphens, a letter first, at most 24"),
            scalar("instanceId", "give a UUID; `./foundation up` makes it on the first run"),
            scalar("site", "auto", "give auto, online or sealed"),
            scalar("running", "true", SWITCH),
            scalar(
                    "stateBackend",
                    "give a URL that `pulumi login` takes, without a password in it: file:///folder, s3://bucket, https://..."),
            scalar("bindAddress", "127.0.0.1", "give an IPv4 or IPv6 address of this host, such as 127.0.0.1"),
            scalar("vault.enabled", "true", SWITCH),
            scalar("vault.port", "8200", PORT),
            scalar("vault.memory", "512Mi", MEMORY),
            scalar("vault.image", IMAGE),
            scalar("vault.shares", "5", "give the number of unseal keys to make, from 1 to 255"),
            scalar("vault.threshold", "3", "give how many unseal keys unseal, from 1 to 255"),
            scalar("postgres.enabled", "true", SWITCH),
            scalar("postgres.port", "5432", PORT),
            scalar("postgres.memory", "1Gi", MEMORY),
            scalar("postgres.image", IMAGE),
            scalar("s3.enabled", "true", SWITCH),
            scalar("s3.engine", "auto", "give auto, rustfs or versitygw"),
            scalar("s3.port", "9000", PORT),
            scalar("s3.consolePort", "9001", PORT),
            scalar("s3.memory", "1Gi", MEMORY),
            scalar("s3.image", IMAGE),
            scalar("forgejo.enabled", "true", SWITCH),
            scalar("forgejo.product", "auto", "give auto, forgejo or gitea"),
            scalar("forgejo.port", "3000", PORT),
            scalar("forgejo.sshPort", "2222", PORT),
            scalar("forgejo.rootUrl", "give the http or https URL that browsers and clones use"),
            scalar("forgejo.memory", "1Gi", MEMORY),
            scalar("forgejo.image", IMAGE),
            scalar("runner.enabled", "true", SWITCH),
            scalar("runner.memory", "1Gi", MEMORY),
            scalar("runner.image", IMAGE),
            list("runner.labels", "give a list of name or name:docker://<pinned image>"),
            scalar("backupAgeRecipient", "give an age recipient: age1 and 58 characters, as `age-keygen -y` prints it"),
            scalar("backup.enabled", "true", SWITCH),
            scalar("backup.retentionDaily", "7", KEPT),
            scalar("backup.retentionWeekly", "4", KEPT),
            scalar("backup.retentionMonthly", "6", KEPT),
            scalar("backup.retentionYearly", "1", KEPT),
            scalar("backup.schedule", "0 3 * * *", CronFields.ALLOWED),
            scalar("backup.pruneSchedule", "30 4 * * *", CronFields.ALLOWED),
            scalar("backup.verifySchedule", "0 6 * * 0", CronFields.ALLOWED),
            scalar("backup.timeZone", "UTC", "give a time zone of the tz database, such as UTC or Europe/Berlin"),
            scalar("backup.jitterSeconds", "60", "give the seconds by which a job may start later, from 0 to 3600"),
            scalar("backup.port", "9107", PORT),
            scalar("backup.memory", "512Mi", MEMORY),
            scalar("backup.folder", "give an absolute folder of this host, outside the repository"),
            list("backup.ageRecipients", "give a list of age recipients: age1 and 58 characters each"),
            scalar("backup.offsite.endpoint", "give the http or https URL of the off-site S3 server, without a path"),
            scalar(
                    "backup.offsite.bucket",
                    "give an S3 bucket name: 3 to 63 lower-case letters, digits, dots, hyphens"),
            scalar("backup.offsite.region", "us-east-1", "give a region, such as us-east-1"),
            scalar("backup.offsite.pathStyle", SWITCH),
            scalar("sealPublicKey", "give a line `ssh-ed25519 AAAA...`; `./foundation up` makes it on the first run"),
            list(RETIRED_AGE_RECIPIENTS, "`./foundation keys rotate identity` writes it: age recipients, newest first"),
            list(RETIRED_SEAL_PUBLIC_KEYS, "`./foundation keys rotate seal` writes it: lines `ssh-ed25519 AAAA...`"),
            scalar("epoch", "1", "give a whole number from 1; `./foundation recover` raises it"),
            scalar(
                    "recovery.point",
                    "give a point as `./foundation points` names it; `./foundation recover` writes it"),
            scalar("recovery.stage", "give an absolute folder of this host; `./foundation recover` writes it"),
            scalar("recovery.from", "give off-site, or an absolute folder; `./foundation recover` writes it"),
            scalar(
                    "recovery.scratch",
                    "give another prefix than the instance, only in the file of a scratch environment: `./foundation verify --restore` writes it"),
            scalar("kit.account", LOGIN),
            scalar("kit.secondFactor", LOGIN),
            scalar("kit.ca", LOGIN),
            scalar("kit.dns", LOGIN),
            scalar(KIT_VERIFIED, "`./foundation kit verify` writes it"),
            secret("backupAgeIdentity"),
            secret("vaultUnsealKeys"),
            secret(RETIRED_UNSEAL_KEYS),
            secret(RETIRED_PASSPHRASES),
            secret("sealSigningKey"),
            secret("blobNameKey"),
            secret(OFFSITE_WRITER_ACCESS_KEY),
            secret(OFFSITE_WRITER_SECRET_KEY),
            secret(OFFSITE_READER_ACCESS_KEY),
            secret(OFFSITE_READER_SECRET_KEY),
            secret(OFFSITE_KEEPER_ACCESS_KEY),
            secret(OFFSITE_KEEPER_SECRET_KEY),
            secret(NTFY_URL),
            secret(NTFY_TOKEN),
            secret(HEARTBEAT_BACKUP),
            secret(HEARTBEAT_PRUNE),
            secret(HEARTBEAT_VERIFY));

    /** The credentials of the off-site store, which people give: one pair may write and not delete, the other read (K1). */
    public static List<String> offsiteCredentials() {
        return List.of(
                OFFSITE_WRITER_ACCESS_KEY,
                OFFSITE_WRITER_SECRET_KEY,
                OFFSITE_READER_ACCESS_KEY,
                OFFSITE_READER_SECRET_KEY);
    }

    /** Keys without which nothing is lost. */
    public static List<String> optional() {
        List<String> all = new ArrayList<>(alarms());
        all.add(OFFSITE_KEEPER_ACCESS_KEY);
        all.add(OFFSITE_KEEPER_SECRET_KEY);
        return all;
    }

    /** Where alarms and heartbeats go; each may be left out. */
    public static List<String> alarms() {
        return List.of(NTFY_URL, NTFY_TOKEN, HEARTBEAT_BACKUP, HEARTBEAT_PRUNE, HEARTBEAT_VERIFY, HEARTBEAT_PROOF);
    }

    private ConfigKeys() {}

    /** In the order in which the file documents them. */
    public static List<Key> all() {
        return ALL;
    }

    public static Key named(String path) {
        return ALL.stream()
                .filter(key -> key.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such key: " + path));
    }

    private static Key scalar(String path, String fallback, String allowed) {
        return new Key(path, Kind.SCALAR, Optional.of(fallback), allowed);
    }

    private static Key scalar(String path, String allowed) {
        return new Key(path, Kind.SCALAR, Optional.empty(), allowed);
    }

    private static Key list(String path, String allowed) {
        return new Key(path, Kind.LIST, Optional.empty(), allowed);
    }

    private static Key secret(String path) {
        return new Key(path, Kind.SECRET, Optional.empty(), SECRET);
    }
}
