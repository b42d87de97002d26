package dev.foundation.recover;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What becomes of each type of resource when a state goes to another machine. The one table; a type that is not in it is nobody's guess. */
final class StateTypes {
    /** What becomes of a resource. */
    enum Fate {
        KEEP,
        STRIP
    }

    /** @param why for people */
    record Decision(Fate fate, String why) {}

    private static final String LOST = "lived in Docker on the lost machine";
    private static final String CONTENT = "a file on a volume of the lost machine; written anew from what is kept";
    private static final String REISSUED = "issued anew: the one in the state may be later than the point's Vault";
    private static final String STEP = "a step of an earlier recovery; the next one has its own";
    private static final String S3 = "the S3 server starts empty; made anew with the credentials that are kept";
    private static final String KEY = "holds a credential or a key that the restored services know";
    private static final String VAULT = "comes back inside Vault's snapshot";
    private static final String DATABASE = "comes back with the Postgres dump";
    private static final String FORGE = "comes back with Forgejo's database and volume";
    private static final String CHOICE = "a choice that data lies under, or a value computed from the configuration";
    private static final String AWAY = "lives off-site, and was not lost";
    private static final String NAME = "a name, or a way to a server: nothing of the machine";

    private StateTypes() {}

    private static Map<String, Decision> table() {
        Map<String, Decision> table = new LinkedHashMap<>();
        put(table, Fate.KEEP, NAME, "pulumi:pulumi:Stack");
        for (String each : new String[] {
            "Vault", "VaultContent", "Postgres", "ObjectStorage", "Forgejo", "Runner", "Backup", "OffSiteBucket"
        }) {
            put(table, Fate.KEEP, NAME, "foundation:stack:" + each);
        }
        for (String each : new String[] {"foundation", "docker", "vault", "aws", "command"}) {
            put(table, Fate.KEEP, NAME, "pulumi:providers:" + each);
        }
        put(table, Fate.KEEP, KEY, ours("VaultInit"), ours("RandomSecret"), ours("AgeIdentity"));
        put(table, Fate.KEEP, CHOICE, ours("FixedChoice"), ours("BackupRecipients"), ours("BackupRetention"));
        put(table, Fate.KEEP, DATABASE, ours("PostgresRole"), ours("PostgresDatabase"), ours("PostgresReader"));
        put(table, Fate.KEEP, FORGE, ours("ForgejoAdmin"), ours("ForgejoOrganization"), ours("ForgejoRepository"));
        put(table, Fate.KEEP, FORGE, ours("ForgejoPush")); // what was pushed is in the repository
        put(
                table,
                Fate.KEEP,
                VAULT,
                "vault:index/mount:Mount",
                "vault:index/audit:Audit",
                "vault:index/policy:Policy",
                "vault:index/authBackend:AuthBackend",
                "vault:appRole/authBackendRole:AuthBackendRole",
                "vault:kv/secretV2:SecretV2",
                "vault:kv/secretBackendV2:SecretBackendV2");
        put(
                table,
                Fate.KEEP,
                AWAY,
                "aws:s3/bucketV2:BucketV2",
                "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
                "aws:s3/bucketVersioningV2:BucketVersioningV2",
                "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
                "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2");

        put(
                table,
                Fate.STRIP,
                LOST,
                "docker:index/container:Container",
                "docker:index/network:Network",
                "docker:index/volume:Volume",
                "docker:index/remoteImage:RemoteImage",
                "docker:index/image:Image",
                "docker:index/tag:Tag");
        put(table, Fate.STRIP, CONTENT, ours("VolumeFiles"), ours("BackupJob"));
        put(table, Fate.STRIP, S3, ours("S3Bucket"), ours("S3User"));
        put(table, Fate.STRIP, REISSUED, "vault:appRole/authBackendRoleSecretId:AuthBackendRoleSecretId");
        put(table, Fate.STRIP, "the runner is registered anew", ours("RunnerRegistration"));
        put(
                table,
                Fate.STRIP,
                STEP,
                ours("VaultRestore"),
                ours("PostgresRestore"),
                ours("BucketsRestore"),
                ours("ForgejoRestore"),
                ours("ForgejoRepair"));
        put(table, Fate.STRIP, "ran on the lost machine", "command:local:Command");
        return table;
    }

    /** Empty for a type that nobody has decided about. */
    static Optional<Decision> of(String type) {
        return Optional.ofNullable(table().get(type));
    }

    private static String ours(String name) {
        return "foundation:index:" + name;
    }

    private static void put(Map<String, Decision> table, Fate fate, String why, String... types) {
        for (String type : types) {
            if (table.put(type, new Decision(fate, why)) != null) {
                throw new IllegalStateException(type + " is decided twice");
            }
        }
    }
}
