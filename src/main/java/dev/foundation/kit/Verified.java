package dev.foundation.kit;

import dev.foundation.spec.ConfigKeys;
import dev.foundation.spec.ConfigValue;
import dev.foundation.spec.Configuration;
import dev.foundation.stream.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That {@code kit verify} passed, as {@code kit.verified} of the configuration says it: {@code <date> <sequence> <keys>}, such as
 * {@code 2026-11-21 42 9f86d081884c}. The last word stands for what was on the paper, as far as the configuration tells without the passphrase: a sheet
 * that was printed before a key, the passphrase or the off-site changed is not the one that is needed now.
 *
 * @param sequence of the point that it was proved against
 * @param keys 12 hexadecimal digits
 */
public record Verified(LocalDate day, long sequence, String keys) {
    private static final Pattern FORM = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d) (\\d{1,18}) ([0-9a-f]{12})");

    public static Verified of(LocalDate day, long sequence, Configuration configuration) {
        return new Verified(day, sequence, keys(configuration));
    }

    /** Why the paper does not count; empty if it does. */
    public static Optional<String> missing(Configuration configuration) {
        Optional<String> text = plain(configuration, ConfigKeys.KIT_VERIFIED);
        if (text.isEmpty()) {
            return Optional.of(
                    "`kit verify` has never passed: print the recovery sheet (./foundation kit export -o FILE),"
                            + " then type it back (./foundation kit verify)");
        }
        Matcher form = FORM.matcher(text.get());
        if (!form.matches()) {
            return Optional.of("foundation:" + ConfigKeys.KIT_VERIFIED
                    + " is not as `kit verify` writes it: run ./foundation kit verify");
        }
        return form.group(3).equals(keys(configuration))
                ? Optional.empty()
                : Optional.of("the recovery sheet of " + form.group(1)
                        + " is out of date: a key, the passphrase or the off-site has changed since. Print a new one"
                        + " (./foundation kit export -o FILE) and type it back (./foundation kit verify)");
    }

    /** As the configuration holds it. */
    public String text() {
        return day + " " + sequence + " " + keys;
    }

    private static String keys(Configuration configuration) {
        String all = String.join(
                "\n",
                List.of(
                        plain(configuration, "backupAgeRecipient").orElse(""),
                        plain(configuration, "sealPublicKey").orElse(""),
                        configuration.encryptionSalt().orElse(""),
                        plain(configuration, "backup.offsite.endpoint").orElse(""),
                        plain(configuration, "backup.offsite.bucket").orElse("")));
        return Sha256.of(all.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 12);
    }

    /** A value in clear, by its path. */
    public static Optional<String> plain(Configuration configuration, String path) {
        String[] names = path.split("\\.");
        Object value = configuration.values().get(names[0]) instanceof ConfigValue.Plain plain ? plain.value() : "";
        for (int i = 1; i < names.length; i++) {
            value = value instanceof Map<?, ?> map && map.containsKey(names[i]) ? map.get(names[i]) : "";
        }
        return Optional.of(String.valueOf(value)).filter(text -> !text.isBlank());
    }
}
