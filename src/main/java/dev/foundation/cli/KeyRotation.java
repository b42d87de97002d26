package dev.foundation.cli;

import static dev.foundation.spec.ConfigKeys.RETIRED_AGE_RECIPIENTS;
import static dev.foundation.spec.ConfigKeys.RETIRED_PASSPHRASES;
import static dev.foundation.spec.ConfigKeys.RETIRED_SEAL_PUBLIC_KEYS;

import dev.foundation.age.AgeIdentity;
import dev.foundation.kit.StackSecrets;
import dev.foundation.pulumi.Pulumi;
import dev.foundation.pulumi.PulumiSetting;
import dev.foundation.seal.SealKey;
import dev.foundation.secret.PassphraseException;
import dev.foundation.secret.PassphraseFile;
import dev.foundation.secret.PassphraseSource;
import dev.foundation.secret.Passphrases;
import dev.foundation.secret.Secret;
import dev.foundation.spec.BackupSpec;
import dev.foundation.spec.ConfigSyntaxException;
import dev.foundation.spec.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Next generations of keys in {@code Pulumi.foundation.yaml} (K1). The old one is kept before the new one counts, and a run that was stopped between
 * two steps is finished by the next one of the same kind.
 */
final class KeyRotation {
    private static final String IDENTITY = "backupAgeIdentity";
    private static final String RECIPIENT = "backupAgeRecipient";
    private static final String SIGNING = "sealSigningKey";
    private static final String PUBLIC = "sealPublicKey";
    private static final String NEXT =
            "Next: ./foundation up, ./foundation backup, commit Pulumi.foundation.yaml, and print the"
                    + " recovery sheet anew (./foundation kit export).";

    private final Workspace workspace;
    private final PulumiSetting setting;
    private final SecureRandom random;

    KeyRotation(Workspace workspace, PulumiSetting setting, SecureRandom random) {
        this.workspace = workspace;
        this.setting = setting;
        this.random = random;
    }

    private Pulumi stack() {
        return workspace.pulumi(setting, Pulumi.STACK);
    }

    private BackupSpec backup() throws IOException, ConfigSyntaxException, InvalidConfigException {
        return workspace.settledDraft().provisional().backup();
    }

    /** What points are sealed to. @return what was done and what is next, for people */
    List<String> identity() throws IOException, InterruptedException, ConfigSyntaxException, InvalidConfigException {
        Pulumi stack = stack();
        Secret<String> file = stack.config(IDENTITY);
        String inUse = backup().ageRecipient().orElseThrow(() -> missing(RECIPIENT));
        if (AgeIdentity.current(file).recipient().equals(inUse)) { // else a run was stopped after this
            Secret<String> older = file;
            file = AgeIdentity.generate()
                    .identity()
                    .map(line -> line + "\n" + older.expose().strip());
            stack.setSecret(IDENTITY, file);
        }
        List<String> recipients = AgeIdentity.recipients(AgeIdentity.lines(file));
        stack.set(RETIRED_AGE_RECIPIENTS, String.join(",", recipients.subList(1, recipients.size())));
        stack.set(RECIPIENT, recipients.getFirst());
        return List.of(
                "New points are sealed to " + recipients.getFirst() + " (generation " + recipients.size()
                        + ") as soon as `up` has told the agent; older ones still open.",
                NEXT);
    }

    /** What points are signed with. @return as {@link #identity} */
    List<String> seal() throws IOException, InterruptedException, ConfigSyntaxException, InvalidConfigException {
        Pulumi stack = stack();
        BackupSpec backup = backup();
        String inUse = backup.sealPublicKey().orElseThrow(() -> missing(PUBLIC));
        SealKey key = SealKey.of(stack.config(SIGNING));
        Set<String> retired = new LinkedHashSet<>(List.of(inUse));
        retired.addAll(backup.retiredSealPublicKeys());
        stack.set(RETIRED_SEAL_PUBLIC_KEYS, String.join(",", retired));
        if (key.isOf(inUse)) { // else a run was stopped after this
            key = SealKey.generate(random);
            stack.setSecret(SIGNING, key.privateKey());
        }
        stack.set(PUBLIC, key.publicLine());
        return List.of(
                "New points are signed with " + key.publicLine() + " (generation " + (retired.size() + 1)
                        + ") as soon as `up` has told the agent; older ones are still believed.",
                NEXT);
    }

    private static IOException missing(String key) {
        return new IOException("foundation:" + key + " is not in Pulumi.foundation.yaml: run `./foundation up`, which"
                + " writes it, and rotate then. Nothing was touched.");
    }

    /**
     * What the file and Pulumi's state are under. The new one stands in a file beside the old one's until both are changed.
     *
     * @param given empty to have one made
     * @return as {@link #identity}
     */
    List<String> passphrase(Optional<Secret<String>> given) throws IOException, InterruptedException {
        if (!(setting.passphrase() instanceof PassphraseSource.File source)) {
            throw new Refused(
                    "the passphrase comes from " + setting.passphrase().described()
                            + ", where it cannot be changed: put it into a file (chmod 600), name that in"
                            + " FOUNDATION_PASSPHRASE_FILE, unset PULUMI_CONFIG_PASSPHRASE, and run this again. Nothing was touched.");
        }
        PassphraseFile file = source.file();
        PassphraseFile next = new PassphraseFile(beside(file.file()), file.repository());
        if (next.exists() && given.isPresent()) {
            throw new Refused("a change of the passphrase was stopped half-way, and its new passphrase is in "
                    + next.file() + ": finish it without --from. Nothing was touched.");
        }
        if (!next.exists()) {
            next.create(judged(given));
        }
        if (!opens(next)) {
            Pulumi stack = stack();
            Secret<String> retired = retired(stack); // refuses a wrong passphrase
            settle(stack);
            Secret<String> old = file.read();
            stack.setSecret(RETIRED_PASSPHRASES, retired.map(lines -> withThisOne(old, lines)));
            stack.changePassphrase(next.read());
        }
        Pulumi changed = workspace.pulumi(under(next), Pulumi.STACK);
        settle(changed);
        Files.move(next.file(), file.file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return List.of(
                "Pulumi.foundation.yaml and Pulumi's state are under the new passphrase, which is in " + file.file()
                        + ". Write it down and keep it elsewhere; the older ones are kept, encrypted under it.",
                NEXT);
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".next");
    }

    private Secret<String> judged(Optional<Secret<String>> given) throws PassphraseException {
        Secret<String> passphrase = given.orElseGet(() -> Passphrases.generate(random));
        Optional<String> weakness = Passphrases.weakness(passphrase);
        if (weakness.isPresent()) {
            throw new PassphraseException("refused: " + weakness.get());
        }
        return passphrase;
    }

    private boolean opens(PassphraseFile file) throws IOException {
        return StackSecrets.isUnder("Pulumi.foundation.yaml", Files.readString(workspace.stackFile()), file.read());
    }

    private PulumiSetting under(PassphraseFile file) {
        return new PulumiSetting(
                setting.cli(),
                setting.environment(),
                setting.repository(),
                setting.backendUrl(),
                new PassphraseSource.File(file));
    }

    private static Secret<String> retired(Pulumi stack) throws IOException, InterruptedException {
        return stack.configuration().map(all -> all.getOrDefault(RETIRED_PASSPHRASES, ""));
    }

    /** Once: a run that was stopped after this may have written it. */
    private static String withThisOne(Secret<String> passphrase, String retired) {
        return Stream.concat(Stream.of(passphrase.expose()), retired.lines())
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    /**
     * Brings the state under the stack's passphrase: a run that was stopped after the file, and before the state, left it under the old one. The CLI must
     * encrypt for that, and so finds a wrong passphrase; where it only reads, it gives null in place of each secret, and ends well.
     */
    private static void settle(Pulumi stack) throws IOException, InterruptedException {
        boolean _ = stack.importState(stack.export(), RETIRED_PASSPHRASES);
    }
}
