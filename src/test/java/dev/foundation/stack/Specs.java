package dev.foundation.stack;

import dev.foundation.spec.BackupSpec;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.FoundationSpec.ForgejoSpec;
import dev.foundation.spec.FoundationSpec.PostgresSpec;
import dev.foundation.spec.FoundationSpec.RunnerSpec;
import dev.foundation.spec.FoundationSpec.S3Spec;
import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.spec.FoundationSpec.VaultSpec;
import dev.foundation.spec.ImageRef;
import dev.foundation.spec.InstanceName;
import dev.foundation.spec.Memory;
import dev.foundation.spec.RecoverySpec;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Specs for tests of the program. */
final class Specs {
    private Specs() {}

    static final Images IMAGES = service -> new ImageRef("test.local/" + service.container() + ":1");

    static final Host HOST = new Host(
            "/repository",
            Optional.of("/state/pulumi"),
            "/state/locks",
            "/state/points",
            Map.of("vault", "vault 1.19.0"));

    static FoundationSpec everything() {
        return spec(true, Optional.empty());
    }

    static FoundationSpec down() {
        return spec(false, Optional.empty());
    }

    static FoundationSpec withAws() {
        return spec(true, Optional.of(new BackupSpec.OffSite("", "acme-backups", "eu-central-1", false, true)));
    }

    static FoundationSpec recovered(boolean running) {
        return spec(
                running,
                Optional.of(new BackupSpec.OffSite("https://s3.example.org", "acme", "us-east-1", true, false)),
                new RecoverySpec(
                        2,
                        Optional.empty(),
                        Optional.of(
                                new RecoverySpec.Restored("20261121T030000Z", "/state/recovery", Optional.empty()))));
    }

    static FoundationSpec scratch() {
        return spec(
                true,
                Optional.empty(),
                new RecoverySpec(
                        1,
                        Optional.of(new InstanceName("unit-proof")),
                        Optional.of(new RecoverySpec.Restored(
                                "20261121T030000Z", "/state/proof", Optional.of("/points")))));
    }

    private static FoundationSpec spec(boolean running, Optional<BackupSpec.OffSite> offSite) {
        return spec(running, offSite, RecoverySpec.NONE);
    }

    private static FoundationSpec spec(boolean running, Optional<BackupSpec.OffSite> offSite, RecoverySpec recovery) {
        Memory memory = new Memory(512);
        return new FoundationSpec(
                new InstanceName("unit"),
                "0f5c",
                Site.ONLINE,
                running,
                "127.0.0.1",
                new VaultSpec(true, 8200, memory, Optional.empty(), 5, 3),
                new PostgresSpec(true, 5432, memory, Optional.empty()),
                new S3Spec(true, S3Spec.Engine.RUSTFS, 9000, 9001, memory, Optional.empty()),
                new ForgejoSpec(
                        true,
                        ForgejoSpec.Product.FORGEJO,
                        3000,
                        2222,
                        "http://127.0.0.1:3000/",
                        memory,
                        Optional.empty()),
                new RunnerSpec(true, memory, Optional.empty(), List.of("docker")),
                new BackupSpec(
                        true,
                        Optional.of("age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"),
                        List.of(),
                        Optional.of("ssh-ed25519 AAAA foundation-seal"),
                        List.of(),
                        1,
                        new BackupSpec.Retention(7, 4, 6, 1),
                        new BackupSpec.Timetable(
                                "0 3 * * *", "30 4 * * *", "0 6 * * 0", ZoneId.of("UTC"), Duration.ofMinutes(1)),
                        9107,
                        memory,
                        Optional.empty(),
                        offSite),
                recovery);
    }
}
