package dev.foundation.age;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import dev.foundation.secret.Secret;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * Identities that are ready to open files: what is derived from each, which takes as long as opening one small file, is derived once. Safe for many
 * threads.
 */
public final class AgeKeys {
    private final List<RecipientStanzaReader> readers;

    private AgeKeys(List<RecipientStanzaReader> readers) {
        this.readers = List.copyOf(readers);
    }

    /**
     * @param identities X25519 identities ({@code AGE-SECRET-KEY-1...}), of which one must fit
     * @throws IllegalArgumentException if there is none, or one is no such identity; it is not quoted
     */
    public static AgeKeys of(List<Secret<String>> identities) {
        if (identities.isEmpty()) {
            throw new IllegalArgumentException("an age file needs an identity to be opened, and none was given");
        }
        List<RecipientStanzaReader> readers = new ArrayList<>();
        for (Secret<String> each : identities) {
            try {
                readers.add(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(
                        each.expose().strip()));
            } catch (GeneralSecurityException | RuntimeException e) {
                // Not the cause: a decoder may quote what it cannot read.
                throw new IllegalArgumentException(
                        "identity " + (readers.size() + 1) + " is no age identity (AGE-SECRET-KEY-1... of X25519)");
            }
        }
        return new AgeKeys(readers);
    }

    List<RecipientStanzaReader> readers() {
        return readers;
    }
}
