package dev.foundation.cli;

import dev.foundation.age.AgeIdentity;
import dev.foundation.pulumi.Pulumi;
import dev.foundation.seal.SealKey;
import dev.foundation.secret.PassphraseException;
import dev.foundation.secret.PassphraseSource;
import dev.foundation.secret.Passphrases;
import dev.foundation.secret.RandomKeys;
import dev.foundation.secret.Secret;
import dev.foundation.spec.Configuration;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.SpecDraft;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

/**
 * Sets a foundation up: passphrase, stack, keys, and the choices where {@code auto} stood (K1 to K3). Each step looks whether it is done
 * already, so a set-up that was interrupted goes on at the next {@code up}; nothing that is there is ever made anew.
 */
final class FirstRun {
    private final Terminal terminal;
    private final PassphraseSource passphrase;
    private final SecureRandom random;

    FirstRun(Terminal terminal, PassphraseSource passphrase, SecureRandom random) {
        this.terminal = terminal;
        this.passphrase = passphrase;
        this.random = random;
    }

    /** Before anything is made: a passphrase that is there must be readable, and for a new file hard to guess. */
    void judgePassphrase(Configuration configuration) throws IOException {
        boolean used = configuration.encryptionSalt().isPresent();
        if (!used
                && passphrase instanceof PassphraseSource.File file
                && !file.file().exists()) {
            return; // it will be made
        }
        Secret<String> given = passphrase.passphrase();
        // One that is in use already cannot be changed here, and refusing it would only lock its owner out.
        Optional<String> weakness = used ? Optional.empty() : Passphrases.weakness(given);
        if (weakness.isPresent()) {
            throw new PassphraseException("refused, in " + passphrase.described() + ": " + weakness.get());
        }
    }

    /**
     * Makes the stack if the state does not know it.
     *
     * @return true if the stack was there before
     * @throws Refused if file and state tell of different foundations
     */
    boolean openStack(Pulumi pulumi, Configuration configuration) throws IOException, InterruptedException {
        boolean known = pulumi.stackExists();
        if (!known && configuration.has(KeysKeeper.OUTPUT)) {
            throw new Refused(
                    "Pulumi.foundation.yaml holds the unseal keys of a Vault, but the state on this machine knows no"
                            + " such foundation; a new one would be set up beside the old data. On the foundation's own machine, point"
                            + " FOUNDATION_STATE or PULUMI_BACKEND_URL to its state. On a fresh machine it must be recovered from a"
                            + " backup: `./foundation recover`. For a wholly new foundation, rename foundation:vaultUnsealKeys to"
                            + " foundation:retiredVaultUnsealKeys. Nothing was touched.");
        }
        if (known && configuration.encryptionSalt().isEmpty()) {
            throw new Refused(
                    "the state on this machine knows this foundation, but Pulumi.foundation.yaml has no keys any more"
                            + " (no encryptionsalt): bring back the file of the last commit or of a backup. Nothing was touched.");
        }
        if (!known) {
            if (passphrase instanceof PassphraseSource.File file && !file.file().exists()) {
                makePassphrase(file);
            }
            pulumi.initStack();
        }
        return known;
    }

    private void makePassphrase(PassphraseSource.File source) throws IOException {
        Secret<String> made = Passphrases.generate(random);
        source.file().create(made);
        terminal.out().println(terminal.strong("A passphrase was made for this foundation."));
        if (terminal.interactive()) {
            terminal.out().println("Write it down on paper now; it is shown this once:");
            terminal.out().println();
            terminal.out().println("    " + terminal.strong(made.expose()));
            terminal.out().println();
        }
        terminal.out()
                .println("It lies in " + source.file().file()
                        + ", for you alone to read. Write it down and keep it elsewhere:");
        terminal.out()
                .println("with Pulumi.foundation.yaml it rebuilds everything; without it, no backup can be opened.");
    }

    /** Makes every key that the file lacks. Public halves follow their private ones, so that a stop between leaves nothing useless. */
    void keys(Pulumi pulumi, Configuration configuration) throws IOException, InterruptedException {
        if (!configuration.has("backupAgeRecipient")) {
            boolean there = configuration.has("backupAgeIdentity");
            AgeIdentity identity = there
                    ? readable("backupAgeIdentity", () -> AgeIdentity.current(pulumi.config("backupAgeIdentity")))
                    : AgeIdentity.generate();
            if (!there) {
                pulumi.setSecret("backupAgeIdentity", identity.identity());
            }
            pulumi.set("backupAgeRecipient", identity.recipient());
        } else if (!configuration.has("backupAgeIdentity")) {
            throw halfMissing("backupAgeRecipient", "backupAgeIdentity", "opens what is sealed to it");
        }
        if (!configuration.has("sealPublicKey")) {
            boolean there = configuration.has("sealSigningKey");
            SealKey key = there
                    ? readable("sealSigningKey", () -> SealKey.of(pulumi.config("sealSigningKey")))
                    : SealKey.generate(random);
            if (!there) {
                pulumi.setSecret("sealSigningKey", key.privateKey());
            }
            pulumi.set("sealPublicKey", key.publicLine());
        } else if (!configuration.has("sealSigningKey")) {
            throw halfMissing("sealPublicKey", "sealSigningKey", "signs what it checks");
        }
        if (!configuration.has("blobNameKey")) {
            pulumi.setSecret("blobNameKey", RandomKeys.blobNameKey(random));
        }
    }

    /** Writes every choice down that still stands at {@code auto}; the instance's id last, as the sign that set-up is done. */
    void writeChoices(Pulumi pulumi, SpecDraft draft, FoundationSpec settled) throws IOException, InterruptedException {
        if (draft.site().isEmpty()) {
            pulumi.set("site", lower(settled.site()));
        }
        if (draft.engine().isEmpty()) {
            pulumi.set("s3.engine", lower(settled.s3().engine()));
        }
        if (draft.product().isEmpty()) {
            pulumi.set("forgejo.product", lower(settled.forgejo().product()));
        }
        if (draft.instanceId().isEmpty()) {
            pulumi.set("instanceId", settled.instanceId());
        }
    }

    private interface Reading<T> {
        T read() throws IOException, InterruptedException;
    }

    private static <T> T readable(String key, Reading<T> reading) throws IOException, InterruptedException {
        try {
            return reading.read();
        } catch (IllegalArgumentException e) {
            throw new IOException("foundation:" + key + " cannot be used: " + e.getMessage()
                    + ". Bring back the file of the last commit, or remove the key to have a new one made");
        }
    }

    private static IOException halfMissing(String publicKey, String secretKey, String use) {
        return new IOException(
                "Pulumi.foundation.yaml has foundation:" + publicKey + ", but not foundation:" + secretKey
                        + ", which " + use + ": give it (pulumi config set --secret foundation:" + secretKey
                        + " < file), or remove foundation:" + publicKey + " to have a new pair made");
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
