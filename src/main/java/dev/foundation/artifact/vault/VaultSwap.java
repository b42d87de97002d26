package dev.foundation.artifact.vault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.artifact.PlainSource;
import dev.foundation.event.RunEvent;
import dev.foundation.vault.VaultClient;
import dev.foundation.vault.VaultException;
import dev.foundation.vault.VaultHealth;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Puts a snapshot in the place of the data of a Vault that is in use and that the same unseal keys open. Works with a root token of its own, which the snapshot
 * does not know: when Vault no longer knows it either, the snapshot has been taken.
 */
public final class VaultSwap {
    private static final String STEP = "vault-raft.snap";
    private static final Duration UPLOAD = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final String ROLES = "auth/approle/role";

    private final VaultClient vault;
    private final Restart restart;
    private final Duration patience;
    private final Consumer<RunEvent> events;
    private final VaultRestorer restorer;

    /** Stops the server and starts it again. */
    @FunctionalInterface
    public interface Restart {
        void run() throws IOException, InterruptedException;
    }

    /** @param patience how long it may take to answer, to take the snapshot, to become active: each */
    public VaultSwap(VaultClient vault, Restart restart, Duration patience, Consumer<RunEvent> events) {
        this.vault = vault;
        this.restart = restart;
        this.patience = patience;
        this.events = events;
        this.restorer = new VaultRestorer(vault, new NoHome(), patience, events);
    }

    /**
     * Reads the whole snapshot.
     *
     * @param facts the manifest's, of this artifact
     * @return its bytes
     * @throws IOException if it is not whole, or Vault is older or not active
     */
    public long prove(PlainSource artifact, JsonNode facts) throws IOException, InterruptedException {
        VaultHealth health = vault.seal().health();
        if (health.state() != VaultHealth.State.ACTIVE) {
            throw new IOException("Vault at " + vault.address() + " is not active (" + health.state()
                    + "): bring it up first (./foundation up). Nothing was touched");
        }
        restorer.refuseOlder(facts.path("server").asText(), health.version().orElse(""));
        return restorer.check(artifact, facts);
    }

    /** A token with all rights, for one use: to be revoked, or lost with what a snapshot replaces. */
    public String rootToken(List<String> unsealKeys) throws IOException, InterruptedException {
        return vault.seal().generateRootToken(unsealKeys);
    }

    /** What services log in with: {@code role accessor}. */
    public SortedSet<String> logins(String token) throws IOException, InterruptedException {
        VaultClient root = vault.withToken(() -> token);
        SortedSet<String> found = new TreeSet<>();
        for (String role : root.list(ROLES)) {
            root.list(ROLES + "/" + role + "/secret-id").forEach(accessor -> found.add(role + " " + accessor));
        }
        return found;
    }

    /**
     * Ends when the server is active with the snapshot's data.
     *
     * @param point whose snapshot it is, for messages
     * @throws IOException if Vault refused it, and is as it was; or saying that it took it and does not come back
     */
    public void take(PlainSource artifact, String point, List<String> unsealKeys)
            throws IOException, InterruptedException {
        String token = rootToken(unsealKeys);
        VaultClient root = vault.withToken(() -> token);
        events.accept(new RunEvent.Began(STEP));
        long begun = System.nanoTime();
        boolean given = false;
        try (var plain = artifact.open()) {
            root.upload("sys/storage/raft/snapshot-force", plain, UPLOAD);
            given = true;
        } finally {
            if (!given) {
                root.tokens().revokeSelf();
            }
        }
        taken(root);
        restart.run();
        restorer.open(point, unsealKeys);
        events.accept(new RunEvent.Finished(STEP, 0, (System.nanoTime() - begun) / 1_000_000));
    }

    /** It answers first, and takes the snapshot then. */
    private void taken(VaultClient root) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (knows(root)) {
            if (System.nanoTime() > end) {
                throw new IOException("Vault at " + vault.address() + " got the snapshot and did not take it within "
                        + patience.toSeconds() + " s: see its log");
            }
            Thread.sleep(PAUSE);
        }
    }

    private boolean knows(VaultClient root) throws IOException, InterruptedException {
        try {
            var ignored = root.tokens().lookupSelf();
            return true;
        } catch (VaultException e) {
            return e.kind() != VaultException.Kind.DENIED && e.kind() != VaultException.Kind.SEALED;
        }
    }

    /** The data is replaced by Vault itself: nothing is marked or removed. */
    private record NoHome() implements VaultHome {
        @Override
        public String place() {
            return "Vault";
        }

        @Override
        public Optional<String> mark() {
            return Optional.empty();
        }

        @Override
        public void mark(String text) {
            throw new IllegalStateException("not for a Vault that is in use");
        }

        @Override
        public void beginAnew() {
            throw new IllegalStateException("not for a Vault that is in use");
        }

        @Override
        public void restart() {
            throw new IllegalStateException("not for a Vault that is in use");
        }
    }
}
