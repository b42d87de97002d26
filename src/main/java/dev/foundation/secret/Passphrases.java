package dev.foundation.secret;

import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes passphrases and judges those that people bring (K3). The configuration is committed, so an old commit can be guessed at for
 * ever: a passphrase must hold against a guesser with time and hardware, not only against a login form.
 */
public final class Passphrases {
    /** Ten of 7776 words: 129 bits. */
    static final int WORDS = 10;

    /**
     * 10^18 guesses. Pulumi derives the key with a million rounds of PBKDF2, which holds one GPU to some ten thousand guesses a second:
     * three thousand years for a thousand of them.
     */
    private static final double ENOUGH_LOG10_GUESSES = 18;

    /** The estimate's time grows with the square of the length; a hundred characters decide. */
    private static final int JUDGED = 100;

    private static final String LIST = "eff_large_wordlist.txt";

    private Passphrases() {}

    /** Ten words of the EFF's long list, with a space between them. */
    public static Secret<String> generate(SecureRandom random) {
        List<String> words = words();
        StringBuilder passphrase = new StringBuilder();
        for (int i = 0; i < WORDS; i++) {
            passphrase.append(i == 0 ? "" : " ").append(words.get(random.nextInt(words.size())));
        }
        return Secret.of(passphrase.toString());
    }

    /** Why this passphrase is refused and what to do, without any of its text; empty if it will do. */
    public static Optional<String> weakness(Secret<String> passphrase) {
        String text = passphrase.expose();
        if (text.isBlank()) {
            return Optional.of("the passphrase is empty. " + remedy());
        }
        Strength strength = new Zxcvbn().measure(text.substring(0, Math.min(JUDGED, text.length())));
        try {
            if (strength.getGuessesLog10() >= ENOUGH_LOG10_GUESSES) {
                return Optional.empty();
            }
            String warning = strength.getFeedback().getWarning();
            return Optional.of("the passphrase is too easy to guess: about 10^" + Math.round(strength.getGuessesLog10())
                    + " guesses, and 10^" + Math.round(ENOUGH_LOG10_GUESSES) + " are wanted, because old commits of the"
                    + " configuration stay guessable for ever. "
                    + (warning == null || warning.isBlank() ? "" : warning.replaceAll("\\.+$", "") + ". ")
                    + remedy());
        } finally {
            strength.wipe();
        }
    }

    private static String remedy() {
        return "Take ten random words, or give none: `./foundation up` then makes them.";
    }

    static List<String> words() {
        try (var in = Objects.requireNonNull(Passphrases.class.getResourceAsStream(LIST), LIST);
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            List<String> words = new ArrayList<>(8192);
            reader.lines().filter(line -> !line.startsWith("#")).forEach(words::add);
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException("the word list in the jar cannot be read", e);
        }
    }
}
