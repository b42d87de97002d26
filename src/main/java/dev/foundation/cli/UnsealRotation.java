package dev.foundation.cli;

import dev.foundation.pulumi.Pulumi;
import dev.foundation.secret.Secret;
import dev.foundation.secret.UnsealKeys;
import dev.foundation.stream.WholeFile;
import dev.foundation.vault.SealStatus;
import dev.foundation.vault.VaultClient;
import dev.foundation.vault.VaultException;
import dev.foundation.vault.VaultRekey;
import dev.foundation.vault.VaultRekey.Pending;
import dev.foundation.vault.Waiting;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * New unseal keys for Vault (K1). They are in {@code Pulumi.foundation.yaml}, on the disk, as the next generation before Vault takes them, and Vault takes
 * those that were read back from there: at no moment are the keys in force not in the file. The state is told by {@code up}, which proves them first.
 *
 * <p>A run that was stopped is finished by the next one where its keys are in the file; else its rekey is cancelled and begun anew. A generation that Vault
 * never took, for it restarted before, stays in the file and opens nothing.
 */
final class UnsealRotation {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Pulumi stack;
    private final VaultClient vault;
    private final Path own;

    /**
     * @param vault needs no token
     * @param own a file that names the rekey that a run of this kind has begun
     */
    UnsealRotation(Pulumi stack, VaultClient vault, Path own) {
        this.stack = stack;
        this.vault = vault;
        this.own = own;
    }

    /**
     * @return what was done and what is next, for people
     * @throws Refused if somebody else is at a rekey
     */
    List<String> run(int shares, int threshold) throws IOException, InterruptedException {
        UnsealKeys held = held();
        open(held);
        VaultRekey rekey = vault.rekey();
        Optional<Pending> left = rekey.pending();
        if (left.isPresent()) {
            refuseOthers(left.get());
            if (left.get().proving() && taken(rekey, held)) {
                return told(held, "A rotation that was stopped is finished. ");
            }
            rekey.cancel(left.get().nonce());
        }
        UnsealKeys all = held.with(made(rekey, held, shares, threshold));
        stack.setSecret(KeysKeeper.OUTPUT, Secret.of(all.json()));
        UnsealKeys kept = held();
        if (!kept.current().equals(all.current()) || !taken(rekey, kept)) {
            throw new IOException(
                    "Vault at " + vault.address() + " did not take its new unseal keys, as they are in"
                            + " Pulumi.foundation.yaml: the older ones, which are there too, are in force. Run the same command again");
        }
        return told(all, left.isPresent() ? "A rekey that was not finished was cancelled. " : "");
    }

    private UnsealKeys held() throws IOException, InterruptedException {
        String json = stack.configuration().expose().getOrDefault(KeysKeeper.OUTPUT, "{}");
        UnsealKeys held = UnsealKeys.parse(json);
        if (held.isEmpty()) {
            throw new IOException(
                    "foundation:" + KeysKeeper.OUTPUT
                            + " is not in Pulumi.foundation.yaml: `./foundation keys save` puts it there. Nothing was touched.");
        }
        return held;
    }

    /** Where a rotation was stopped and Vault restarted, neither its unsealer nor {@code up} may be able to. */
    private void open(UnsealKeys held) throws IOException, InterruptedException {
        SealStatus status = vault.seal().status();
        if (!status.initialised()) {
            throw new IOException("Vault at " + vault.address()
                    + " has no unseal keys yet: run `./foundation up` first. Nothing was touched.");
        }
        for (int generation : held.generations().reversed()) {
            if (status.sealed()) {
                status = opened(held.of(generation));
            }
        }
        if (status.sealed()) {
            throw new IOException("Vault at " + vault.address()
                    + " is sealed, and no unseal keys in Pulumi.foundation.yaml open it: bring back the file of the last"
                    + " commit, or see where the address leads. Nothing was touched.");
        }
        var ignored = new Waiting(vault.seal(), vault.address().toString(), PATIENCE, text -> {}).forActive();
    }

    private SealStatus opened(List<String> keys) throws IOException, InterruptedException {
        try {
            return vault.seal().unsealAmongOthers(keys);
        } catch (VaultException e) {
            if (e.kind() == VaultException.Kind.UNREACHABLE) {
                throw e;
            }
            return vault.seal().status();
        }
    }

    /** One that nobody has given a key yet costs nobody anything: a run may have been stopped before it could name it its own. */
    private void refuseOthers(Pending left) throws IOException {
        boolean mine = Files.exists(own) && Files.readString(own).equals(left.nonce());
        if (!mine && (left.given() > 0 || left.proving())) {
            throw new Refused("a rekey of Vault is under way that was not begun here (nonce " + left.nonce()
                    + "): have it finished by whoever began it, or cancel it with `vault operator rekey -cancel`, and run"
                    + " this again. Nothing was touched.");
        }
    }

    /** Of the generation that is in force, which need not be the highest. @return not in force yet */
    private List<String> made(VaultRekey rekey, UnsealKeys held, int shares, int threshold)
            throws IOException, InterruptedException {
        List<String> refusals = new ArrayList<>();
        for (int generation : held.generations().reversed()) {
            String nonce = rekey.begin(shares, threshold);
            Files.createDirectories(own.toAbsolutePath().getParent());
            WholeFile.write(own, nonce.getBytes(StandardCharsets.UTF_8));
            try {
                Optional<List<String>> made = rekey.newKeys(nonce, held.of(generation));
                if (made.isPresent()) {
                    return made.get();
                }
                refusals.add("generation " + generation + ": too few keys");
            } catch (VaultException e) {
                if (e.kind() != VaultException.Kind.REFUSED) {
                    throw e;
                }
                refusals.add("generation " + generation + ": " + e.getMessage());
            }
            rekey.cancel(nonce);
        }
        throw new IOException("no unseal keys in Pulumi.foundation.yaml are those of Vault at " + vault.address()
                + ": run `./foundation keys save` if the state has newer ones, or bring back the file of the last commit."
                + " Vault's keys are as they were. (" + String.join("; ", refusals) + ")");
    }

    /** @param kept as read from the file, of which a power cut may not take them back */
    private boolean taken(VaultRekey rekey, UnsealKeys kept) throws IOException, InterruptedException {
        Path file = stack.stackFile().toAbsolutePath();
        onDisk(file);
        onDisk(Objects.requireNonNull(file.getParent()));
        if (!rekey.prove(kept.current())) {
            return false;
        }
        Files.deleteIfExists(own);
        return true;
    }

    private static void onDisk(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private List<String> told(UnsealKeys all, String before) throws IOException, InterruptedException {
        SealStatus status = vault.seal().status();
        return List.of(
                before + "Vault has " + status.shares() + " new unseal keys, of which " + status.threshold()
                        + " open it (generation " + all.generation()
                        + "); the older ones are kept for the points of their time.",
                "Run ./foundation up now: until then the unsealer has the older ones, and Vault stays sealed when it restarts;"
                        + " `up` opens it too.",
                "Then: ./foundation backup, and commit Pulumi.foundation.yaml. The recovery sheet holds no unseal keys and stays good.");
    }
}
