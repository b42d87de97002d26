package dev.foundation.spec;

import dev.foundation.spec.FoundationSpec.ForgejoSpec.Product;
import dev.foundation.spec.FoundationSpec.Site;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What must hold between keys. A check only speaks when the keys it compares are good by themselves. */
final class CrossChecks {
    private final FoundationSpec spec;
    private final ConfigReader reader;

    private CrossChecks(FoundationSpec spec, ConfigReader reader) {
        this.spec = spec;
        this.reader = reader;
    }

    static void run(FoundationSpec spec, Optional<Site> site, Optional<Product> product, ConfigReader reader) {
        CrossChecks checks = new CrossChecks(spec, reader);
        checks.portsDiffer();
        checks.thresholdFits();
        checks.somethingIsKept();
        checks.whatIsNeededIsOn();
        boolean sealedSite = site.equals(Optional.of(Site.SEALED));
        if (sealedSite
                && product.equals(Optional.of(Product.FORGEJO))
                && spec.forgejo().image().isEmpty()) {
            reader.problem(
                    "forgejo.product",
                    Optional.of("forgejo"),
                    "a sealed site cannot build Forgejo: give gitea, or name a loaded image in foundation:forgejo.image");
        }
    }

    static void offSiteIsWhole(boolean endpoint, boolean bucket, ConfigReader reader) {
        String missing = "it is missing: an off-site store needs backup.offsite.endpoint and backup.offsite.bucket";
        boolean any =
                bucket || endpoint || reader.given("backup.offsite.pathStyle") || reader.given("backup.offsite.region");
        if (any && !endpoint && reader.good("backup.offsite.endpoint")) {
            reader.problem("backup.offsite.endpoint", Optional.empty(), missing);
        }
        if (any && !bucket && reader.good("backup.offsite.bucket")) {
            reader.problem("backup.offsite.bucket", Optional.empty(), missing);
        }
    }

    static void recoveryIsWhole(boolean point, boolean stage, boolean from, ConfigReader reader) {
        String missing =
                "it is missing: recovery.point, recovery.stage and recovery.from belong together, and `./foundation recover` writes them";
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("recovery.point", point);
        given.put("recovery.stage", stage);
        given.put("recovery.from", from);
        if (given.containsValue(true)) {
            given.forEach((key, there) -> {
                if (!there && reader.good(key)) {
                    reader.problem(key, Optional.empty(), missing);
                }
            });
        }
    }

    private void portsDiffer() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        if (spec.vault().enabled()) {
            ports.put("vault.port", spec.vault().port());
        }
        if (spec.postgres().enabled()) {
            ports.put("postgres.port", spec.postgres().port());
        }
        if (spec.s3().enabled()) {
            ports.put("s3.port", spec.s3().port());
            ports.put("s3.consolePort", spec.s3().consolePort());
        }
        if (spec.forgejo().enabled()) {
            ports.put("forgejo.port", spec.forgejo().port());
            ports.put("forgejo.sshPort", spec.forgejo().sshPort());
        }
        if (spec.backup().enabled()) {
            ports.put("backup.port", spec.backup().port());
        }
        Map<Integer, String> owners = new LinkedHashMap<>();
        ports.forEach((key, port) -> {
            String owner = owners.putIfAbsent(port, key);
            if (owner != null && reader.good(key, owner)) {
                reader.problem(
                        key,
                        Optional.of(String.valueOf(port)),
                        "foundation:" + owner + " has that port already: give each service its own");
            }
        });
    }

    private void thresholdFits() {
        int shares = spec.vault().shares();
        int threshold = spec.vault().threshold();
        if (!reader.good("vault.shares", "vault.threshold")) {
            return;
        }
        if (threshold > shares) {
            reader.problem(
                    "vault.threshold",
                    Optional.of(String.valueOf(threshold)),
                    "only " + shares + " keys are made (foundation:vault.shares): give at most that many");
        } else if (threshold == 1 && shares > 1) {
            reader.problem(
                    "vault.threshold",
                    Optional.of("1"),
                    "Vault takes a threshold of 1 only with a single key: give at least 2, or 1 for vault.shares");
        }
    }

    private void somethingIsKept() {
        BackupSpec.Retention kept = spec.backup().retention();
        if (kept.daily() + kept.weekly() + kept.monthly() + kept.yearly() == 0) {
            reader.problem(
                    "backup.retentionDaily",
                    Optional.of("0"),
                    "all four retentions are 0, so no backup would be kept: give at least one of them 1 or more");
        }
    }

    private void whatIsNeededIsOn() {
        if (spec.forgejo().enabled()) {
            off("postgres.enabled", spec.postgres().enabled(), "Forgejo keeps its database there");
            off("s3.enabled", spec.s3().enabled(), "Forgejo keeps packages, artifacts and LFS objects there");
        }
        if (spec.forgejo().enabled() || spec.postgres().enabled() || spec.s3().enabled()) {
            off("vault.enabled", spec.vault().enabled(), "every service that is on has its credentials there");
        }
    }

    private void off(String key, boolean enabled, String because) {
        if (!enabled) {
            reader.problem(key, Optional.of("false"), because + ": give true, or switch off what needs it");
        }
    }
}
