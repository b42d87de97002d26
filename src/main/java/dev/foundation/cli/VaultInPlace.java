package dev.foundation.cli;

import dev.foundation.age.AgeIdentity;
import dev.foundation.age.AgeOpener;
import dev.foundation.age.AgeSealer;
import dev.foundation.artifact.PlainSource;
import dev.foundation.artifact.vault.Snapshot;
import dev.foundation.artifact.vault.VaultSnapshot;
import dev.foundation.artifact.vault.VaultSwap;
import dev.foundation.bundle.Manifest;
import dev.foundation.bundle.Names;
import dev.foundation.event.RunEvent;
import dev.foundation.process.Finished;
import dev.foundation.process.Input;
import dev.foundation.recover.KeyProof;
import dev.foundation.recover.ScratchVault;
import dev.foundation.recover.UnsealProof;
import dev.foundation.restore.StagedPoint;
import dev.foundation.secret.Secret;
import dev.foundation.secret.UnsealKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Vault's data: a snapshot of what is there goes into a sealed file first. */
final class VaultInPlace implements PartInPlace {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration QUICK = Duration.ofMinutes(1);
    private static final int TRIES = 100;

    private final LiveServices live;
    private final Secret<String> identity;
    private final Consumer<RunEvent> events;

    /** @param identity opens the point, and what is kept */
    VaultInPlace(LiveServices live, Secret<String> identity, Consumer<RunEvent> events) {
        this.live = live;
        this.identity = identity;
        this.events = events;
    }

    private VaultSwap swap() {
        return new VaultSwap(live.vault(), live::restartVault, PATIENCE, events);
    }

    @Override
    public List<String> plan(StagedPoint point, RestoreSelector selector) throws IOException, InterruptedException {
        Manifest.Entry entry = point.entry(Names.VAULT);
        long bytes = swap().prove(point.artifact(Names.VAULT), entry.facts());
        return List.of(
                "all of Vault gets the data of the point, " + Quantity.bytes(bytes),
                "a snapshot of what is there is first sealed into a file of this host",
                "Vault restarts; tokens and logins that the point knows go on, later ones end",
                "passwords that were changed since the point are the old ones in Vault, and the new ones in the services:"
                        + " `pulumi preview --refresh` shows them afterwards");
    }

    @Override
    public List<String> restore(StagedPoint point, RestoreSelector selector, UndoFile undo)
            throws IOException, InterruptedException {
        PlainSource artifact = point.artifact(Names.VAULT);
        VaultSwap swap = swap();
        long ignored = swap.prove(artifact, point.entry(Names.VAULT).facts());
        List<String> keys = proved(point);
        Path file = undo.beside(".snap.age");
        SortedSet<String> logins = save(swap, keys, file);
        undo.keep("vault", file.toString());
        swap.take(artifact, point.seal().point().toString(), keys);
        SortedSet<String> ended = new TreeSet<>(logins);
        String token = live.rootToken().expose();
        ended.removeAll(swap.logins(token));
        if (ended.isEmpty()) {
            return List.of();
        }
        return List.of("logins that are newer than the point have ended, of "
                + ended.stream().map(each -> each.split(" ", 2)[0]).distinct().collect(Collectors.joining(", "))
                + ": eval \"$(./foundation env)\" && pulumi up --refresh issues new ones");
    }

    /** Sealed as points are; whole and on the disk. @return the logins that there are */
    private SortedSet<String> save(VaultSwap swap, List<String> keys, Path file)
            throws IOException, InterruptedException {
        String token = swap.rootToken(keys);
        var root = live.vault().withToken(() -> token);
        try (NewFile made = NewFile.of(file);
                var snapshot = new VaultSnapshot(root);
                InputStream sealed = AgeSealer.seal(
                        snapshot.content(),
                        List.of(AgeIdentity.current(identity).recipient()),
                        1);
                OutputStream target = made.stream()) {
            sealed.transferTo(target);
            target.flush();
            made.publish();
            return swap.logins(token);
        } finally {
            root.tokens().revokeSelf();
        }
    }

    /** In a throw-away Vault: that the foundation's keys open the snapshot, and that it knows the token with which {@code up} works. */
    private List<String> proved(StagedPoint point) throws IOException, InterruptedException {
        UnsealKeys keys = live.unsealKeys();
        var proof = new KeyProof(point.store(), point.signed(), identity);
        try (ScratchVault scratch = live.scratchVault()) {
            UnsealProof.Result found = proof.unsealKeys(scratch, keys);
            refuseOthers(found, keys, "the point's Vault", "Take a later point, or look into this one with --into");
            if (!knows(scratch)) {
                throw new Refused("the point's Vault does not know the root token of the stack's state, which was made"
                        + " anew since: `./foundation up` could not work with it. Take a later point, or look into this"
                        + " one with --into. Nothing was touched");
            }
            events.accept(new RunEvent.Noted(found.text()));
        }
        return keys.current();
    }

    /** Its unsealer could not open it, and nor could the state. */
    private static void refuseOthers(UnsealProof.Result found, UnsealKeys keys, String what, String instead)
            throws Refused {
        boolean rotated = found.generation() != keys.generation();
        if (rotated || !found.all()) {
            throw new Refused("of the unseal keys that the foundation runs with (generation " + keys.generation() + ") "
                    + (rotated ? "none opens " : "not all open ") + what + ": " + found.text()
                    + ". A restore in place would leave a Vault that does not come up by itself. " + instead
                    + ". Nothing was touched");
        }
    }

    private boolean knows(ScratchVault scratch) throws IOException, InterruptedException {
        Input token = Input.of(live.rootToken().expose().getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < TRIES; i++) { // unsealed is not yet active
            Finished login = scratch.vault(List.of("login", "-no-print", "-"), token, QUICK);
            if (login.ok()) {
                return true;
            }
            if (login.errors().contains("403") || login.errors().contains("bad token")) {
                return false;
            }
            Thread.sleep(Duration.ofMillis(200));
        }
        return false;
    }

    @Override
    public List<String> undoPlan(UndoRecord record) throws IOException, InterruptedException {
        return List.of(
                "all of Vault is again what it was before the restore; a snapshot of what it is now is first sealed into a file",
                "Vault restarts; tokens and logins of that time go on");
    }

    @Override
    public List<String> undo(UndoFile undo) throws IOException, InterruptedException {
        List<String> told = new ArrayList<>();
        for (UndoRecord.Kept each : undo.record().kept()) {
            Path file = Path.of(each.kept());
            PlainSource kept = () -> AgeOpener.open(Files.newInputStream(file), AgeIdentity.lines(identity));
            try (InputStream whole = kept.open()) {
                var ignored = Snapshot.read(whole);
            }
            UnsealKeys held = live.unsealKeys();
            try (ScratchVault scratch = live.scratchVault()) {
                refuseOthers(
                        new UnsealProof(scratch, file.getFileName().toString())
                                .run(kept::open, held, held.generation()),
                        held,
                        "the Vault of before the restore",
                        "It stays in " + file);
            }
            List<String> keys = held.current();
            Path after = undo.beside(".after.snap.age");
            if (Files.notExists(after)) {
                var ignored = save(swap(), keys, after);
            }
            swap().take(kept, file.getFileName().toString(), keys);
            told.add("what it was until now is sealed in " + after);
        }
        return told;
    }
}
