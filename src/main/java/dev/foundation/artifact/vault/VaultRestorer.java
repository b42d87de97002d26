package dev.foundation.artifact.vault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.artifact.PlainSource;
import dev.foundation.artifact.RestoreMark;
import dev.foundation.event.RunEvent;
import dev.foundation.stream.Digesting;
import dev.foundation.vault.InitialKeys;
import dev.foundation.vault.SealStatus;
import dev.foundation.vault.VaultClient;
import dev.foundation.vault.VaultException;
import dev.foundation.vault.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings {@code vault-raft.snap} into a Vault that was never initialised: it is initialised with one throw-away key, which nobody keeps, takes the
 * snapshot by force, as it is of other keys, seals itself, and is unsealed with the keys of the point. What a run has left that was stopped in between is
 * removed, for its key is gone.
 */
public final class VaultRestorer {
    private static final String STEP = "vault-raft.snap";
    private static final Duration UPLOAD = Duration.ofHours(1);
    private static final Duration STEP_TIME = Duration.ofMillis(200);
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

    private final VaultClient vault;
    private final VaultHome home;
    private final Duration patience;
    private final Consumer<RunEvent> events;

    /**
     * @param vault the server; needs no token
     * @param patience how long it may take to answer, to seal itself, to become active: each
     */
    public VaultRestorer(VaultClient vault, VaultHome home, Duration patience, Consumer<RunEvent> events) {
        this.vault = vault;
        this.home = home;
        this.patience = patience;
        this.events = events;
    }

    /**
     * Ends when the server is active.
     *
     * @param facts the manifest's, of this artifact
     * @param unsealKeys a threshold of those at the time of the point, in base64
     * @return bytes of the snapshot; 0 if it was restored before
     * @throws IOException before anything is changed, if the server is older or in use, or the snapshot is not whole
     */
    public long restore(RestoreMark mark, PlainSource artifact, JsonNode facts, List<String> unsealKeys)
            throws IOException, InterruptedException {
        SealStatus status = waiting().forAnswer();
        RestoreMark.Found found = mark.read(home.mark(), home.place());
        if (found == RestoreMark.Found.FINISHED) {
            if (!status.initialised()) {
                throw new IOException(home.place() + " is marked as restored, and Vault at " + vault.address()
                        + " is not initialised: its data is gone, or the address leads to another server");
            }
            open(mark.point(), unsealKeys);
            events.accept(new RunEvent.Noted("Vault was restored from this point already"));
            return 0;
        }
        if (found == RestoreMark.Found.NOTHING && status.initialised()) {
            throw RestoreMark.occupied("Vault at " + vault.address(), "it is initialised");
        }
        refuseOlder(facts.path("server").asText(), status.version());
        long bytes = check(artifact, facts);
        home.mark(mark.begun());
        if (status.initialised()) {
            note("removing what a restore that was stopped has left");
            home.beginAnew();
            if (waiting().forAnswer().initialised()) {
                throw new IOException("Vault at " + vault.address() + " is still initialised after " + home.place()
                        + " was emptied: its data is elsewhere, or the address leads to another server");
            }
        }
        take(artifact);
        open(mark.point(), unsealKeys);
        home.mark(mark.finished());
        return bytes;
    }

    void refuseOlder(String source, String here) throws IOException {
        Matcher of = VERSION.matcher(source);
        Matcher is = VERSION.matcher(here);
        if (of.matches()
                && is.matches()
                && (number(is, 1) < number(of, 1)
                        || (number(is, 1) == number(of, 1) && number(is, 2) < number(of, 2)))) {
            throw new IOException("the snapshot is of Vault " + source + ", and the server is " + here
                    + ": a snapshot does not go into an older server (P7). Use an image of version " + source
                    + " or later; nothing was touched");
        }
    }

    private static int number(Matcher version, int group) {
        return Integer.parseInt(version.group(group));
    }

    long check(PlainSource artifact, JsonNode facts) throws IOException, InterruptedException {
        try (var plain = new Digesting(artifact.open())) {
            Snapshot whole = Snapshot.read(plain);
            if (whole.index() != facts.path("index").asLong(-1)) {
                throw new IOException(STEP + " is not what its manifest says, so nothing was restored: its index is "
                        + whole.index() + ", the manifest has " + facts.path("index"));
            }
            return plain.size();
        }
    }

    private void take(PlainSource artifact) throws IOException, InterruptedException {
        note("initialising Vault at " + vault.address() + " with a throw-away key");
        InitialKeys keys = vault.seal().initialise(1, 1);
        var ignored = vault.seal().unseal(keys.unsealKeys());
        var active = waiting().forActive();
        events.accept(new RunEvent.Began(STEP));
        try (var plain = artifact.open()) {
            vault.withToken(keys::rootToken).upload("sys/storage/raft/snapshot-force", plain, UPLOAD);
        }
        sealed(active.version().orElse(""));
        // It still takes keys for shares of the throw-away one then ("invalid key size 33", vault#24975; seen on 1.19.0
        // as
        // well): only a fresh start reads the snapshot's own numbers.
        home.restart();
    }

    /** It answers first and seals itself then; a key that is given too early would go to the throw-away server. */
    private void sealed(String version) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!waiting().forAnswer().sealed()) {
            if (System.nanoTime() > end) {
                throw new IOException("Vault " + version + " at " + vault.address()
                        + " took the snapshot, but did not seal" + " itself within " + patience.toSeconds()
                        + " s. See its log, and run again: it begins anew");
            }
            Thread.sleep(STEP_TIME);
        }
    }

    /** @param point whose snapshot it is, for messages */
    void open(String point, List<String> unsealKeys) throws IOException, InterruptedException {
        if (waiting().forAnswer().sealed()) {
            note("unsealing Vault at " + vault.address() + " with the keys of the point");
            try {
                vault.seal().resetUnseal();
                var ignored = vault.seal().unseal(unsealKeys);
            } catch (VaultException e) {
                if (e.kind() == VaultException.Kind.UNREACHABLE) {
                    throw e;
                }
                throw new IOException(
                        "the unseal keys given do not open Vault's snapshot of " + point + ": "
                                + e.getMessage() + ". Take the generation of vaultUnsealKeys that the point names, from"
                                + " Pulumi.foundation.yaml or the kit, and run again",
                        e);
            }
        }
        var active = waiting().forActive();
        note("Vault " + active.version().orElse("") + " is active");
    }

    private void note(String text) {
        events.accept(new RunEvent.Noted(text));
    }

    Waiting waiting() {
        return new Waiting(vault.seal(), vault.address().toString(), patience, this::note);
    }
}
