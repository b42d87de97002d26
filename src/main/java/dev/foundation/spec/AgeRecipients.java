package dev.foundation.spec;

import com.exceptionfactory.jagged.bech32.Bech32;
import com.exceptionfactory.jagged.bech32.Bech32Address;

/** Says whether a text is an age X25519 recipient: Bech32 of 32 bytes with the prefix {@code age} (C2SP age, "The X25519 recipient type"). */
public final class AgeRecipients {
    private AgeRecipients() {}

    public static boolean valid(String text) {
        if (!text.startsWith("age1") || text.length() != 62) {
            return false;
        }
        try {
            Bech32Address address = Bech32.getDecoder().decode(text);
            return "age".contentEquals(address.getHumanReadablePart()) && address.getData().length == 32;
        } catch (RuntimeException e) {
            return false; // the decoder's kinds differ by fault; all mean "not a recipient"
        }
    }
}
