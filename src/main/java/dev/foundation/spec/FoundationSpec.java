package dev.foundation.spec;

import java.util.List;
import java.util.Optional;

/**
 * The whole foundation, parsed once from {@code Pulumi.foundation.yaml} (R1.2). Holds no secret.
 *
 * @param instance prefix of every name, volume and network (S1), such as {@code foundation}
 * @param instanceId made once at random; names this foundation in guards and seals (K1)
 * @param site where images and tools come from
 * @param running false after {@code down}: only containers go (S2)
 * @param bindAddress the host's address that ports are published on
 */
public record FoundationSpec(
        InstanceName instance,
        String instanceId,
        Site site,
        boolean running,
        String bindAddress,
        VaultSpec vault,
        PostgresSpec postgres,
        S3Spec s3,
        ForgejoSpec forgejo,
        RunnerSpec runner,
        BackupSpec backup,
        RecoverySpec recovery) {

    /** The prefix of every container, volume and network on Docker. Resources and what lies inside the servers are named by the instance. */
    public InstanceName onDocker() {
        return recovery.scratch().orElse(instance);
    }

    /** Where parts come from: the makers' own images and plugins, or everything built from package registries. */
    public enum Site {
        ONLINE,
        SEALED
    }

    /**
     * @param shares how many unseal keys are made
     * @param threshold how many of them unseal
     */
    public record VaultSpec(
            boolean enabled, int port, Memory memory, Optional<ImageRef> image, int shares, int threshold) {}

    public record PostgresSpec(boolean enabled, int port, Memory memory, Optional<ImageRef> image) {}

    /** @param consolePort RustFS's web console; unused with versitygw */
    public record S3Spec(
            boolean enabled, Engine engine, int port, int consolePort, Memory memory, Optional<ImageRef> image) {
        public enum Engine {
            RUSTFS,
            VERSITYGW
        }
    }

    /** @param rootUrl what browsers and clones use, such as {@code http://127.0.0.1:3000/} */
    public record ForgejoSpec(
            boolean enabled,
            Product product,
            int port,
            int sshPort,
            String rootUrl,
            Memory memory,
            Optional<ImageRef> image) {
        public enum Product {
            FORGEJO,
            GITEA
        }
    }

    /** The runner exists only beside Forgejo on an online site; elsewhere it is off, whatever the file says. Labels are copied. */
    public record RunnerSpec(boolean enabled, Memory memory, Optional<ImageRef> image, List<String> labels) {
        public RunnerSpec {
            labels = List.copyOf(labels);
        }
    }
}
