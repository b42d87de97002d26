package dev.foundation.kit;

import dev.foundation.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.spec.KeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The secrets of a stack's file, opened with its passphrase as Pulumi's {@code passphrase} provider does (pulumi/sdk, {@code config/crypt.go}):
 * PBKDF2-HMAC-SHA256 with a million rounds, AES-256-GCM, each value with a nonce of its own. So a point's own copy can be proved where neither Pulumi
 * nor a stack is.
 */
public final class StackSecrets {
    private static final int ROUNDS = 1_000_000;
    private static final int KEY_BITS = 256;
    private static final int TAG_BITS = 128;
    private static final String SALT = "encryptionsalt";
    private static final String NAMESPACE = "foundation:";
    /** What the salt's line holds, encrypted, to tell a wrong passphrase. */
    private static final String PROOF = "pulumi";

    private final SecretKeySpec key;
    private final Map<String, String> sealed;

    private StackSecrets(SecretKeySpec key, Map<String, String> sealed) {
        this.key = key;
        this.sealed = Map.copyOf(sealed);
    }

    /**
     * @param where the file's name, for messages
     * @throws IOException if it is no stack file, has no salt, or the passphrase is not its
     */
    public static StackSecrets open(String where, String yaml, Secret<String> passphrase) throws IOException {
        Map<?, ?> file = stackFile(where, yaml);
        SecretKeySpec key = key(where, file, passphrase)
                .orElseThrow(() -> new IOException("this passphrase does not open " + where));
        return new StackSecrets(key, sealed(file.get("config")));
    }

    /** Whether a stack's file is under this passphrase. @throws IOException as {@link #open}, but not for another passphrase */
    public static boolean isUnder(String where, String yaml, Secret<String> passphrase) throws IOException {
        return key(where, stackFile(where, yaml), passphrase).isPresent();
    }

    private static Map<?, ?> stackFile(String where, String yaml) throws IOException {
        Object root;
        try {
            root = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        } catch (YAMLException e) {
            throw new IOException(where + " is no YAML"); // not the cause: it quotes the file
        }
        if (!(root instanceof Map<?, ?> file) || !(file.get(SALT) instanceof String)) {
            throw new IOException(
                    where + " has no encryptionsalt: it holds no secret yet. Run `./foundation up` first");
        }
        return file;
    }

    /** Empty if it is another passphrase. */
    private static Optional<SecretKeySpec> key(String where, Map<?, ?> file, Secret<String> passphrase)
            throws IOException {
        String[] parts = String.valueOf(file.get(SALT)).split(":", 3);
        if (parts.length != 3 || !parts[0].equals("v1")) {
            throw new IOException(where + " has an encryptionsalt of a form that is not known here");
        }
        try {
            SecretKeySpec key = key(passphrase, Base64.getDecoder().decode(parts[1]));
            return decrypt(key, parts[2]).equals(PROOF) ? Optional.of(key) : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A secret in clear; empty if the file has none of that name. @throws IOException if it was changed, or encrypted with another passphrase */
    public Optional<Secret<String>> find(String name) throws IOException {
        String text = sealed.get(name);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Secret.of(decrypt(key, text)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("foundation:" + name + " cannot be decrypted with the passphrase that the file's salt"
                    + " belongs to: bring back the file of the last commit");
        }
    }

    private static Map<String, String> sealed(@org.jspecify.annotations.Nullable Object config) {
        Map<String, String> sealed = new HashMap<>();
        if (config instanceof Map<?, ?> keys) {
            keys.forEach((name, value) -> {
                if (value instanceof Map<?, ?> map && map.get("secure") instanceof String text) {
                    String full = String.valueOf(name);
                    sealed.put(full.startsWith(NAMESPACE) ? full.substring(NAMESPACE.length()) : full, text);
                }
            });
        }
        return sealed;
    }

    private static SecretKeySpec key(Secret<String> passphrase, byte[] salt) throws GeneralSecurityException {
        KeySpec spec = new PBEKeySpec(passphrase.expose().toCharArray(), salt, ROUNDS, KEY_BITS);
        return new SecretKeySpec(
                SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                        .generateSecret(spec)
                        .getEncoded(),
                "AES");
    }

    /** @param sealed {@code v1:<nonce>:<ciphertext>}, both in base64 */
    private static String decrypt(SecretKeySpec key, String sealed) throws GeneralSecurityException {
        String[] parts = sealed.split(":", -1);
        if (parts.length != 3 || !parts[0].equals("v1")) {
            throw new GeneralSecurityException("another form");
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                key,
                new GCMParameterSpec(TAG_BITS, Base64.getDecoder().decode(parts[1])));
        return new String(cipher.doFinal(Base64.getDecoder().decode(parts[2])), StandardCharsets.UTF_8);
    }
}
