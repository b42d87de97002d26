package dev.foundation.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Secrets in a stack's file, as Pulumi's passphrase provider writes them. */
final class SealedStack {
    private SealedStack() {}

    static void write(CliRun cli, String passphrase, Map<String, String> secrets) throws Exception {
        byte[] salt = new byte[8];
        new SecureRandom().nextBytes(salt);
        var key = new SecretKeySpec(
                SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                        .generateSecret(new PBEKeySpec(passphrase.toCharArray(), salt, 1_000_000, 256))
                        .getEncoded(),
                "AES");
        for (var each : secrets.entrySet()) {
            cli.with("foundation:" + each.getKey() + ": {secure: \"" + sealed(key, each.getValue()) + "\"}");
        }
        Files.writeString(
                cli.file(),
                Files.readString(cli.file()) + "encryptionsalt: v1:"
                        + Base64.getEncoder().encodeToString(salt) + ":" + sealed(key, "pulumi") + "\n");
    }

    private static String sealed(SecretKeySpec key, String text) throws Exception {
        byte[] nonce = new byte[12];
        new SecureRandom().nextBytes(nonce);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
        return "v1:" + Base64.getEncoder().encodeToString(nonce) + ":"
                + Base64.getEncoder().encodeToString(cipher.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
