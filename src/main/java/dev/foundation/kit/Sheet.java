package dev.foundation.kit;

import dev.foundation.secret.Secret;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that the page says.
 *
 * @param instance the foundation's name
 * @param instanceId its id, which its seals name
 * @param made the day of printing
 * @param sealPublicKey {@code ssh-ed25519 AAAA...}: whose seals are to be believed
 */
public record Sheet(
        String instance,
        String instanceId,
        LocalDate made,
        Secret<String> passphrase,
        Secret<String> identity,
        String sealPublicKey,
        Optional<OffSite> offSite,
        Login login) {
    /** As the sheet calls them, and {@code kit verify} asks for them. */
    public static final String PASSPHRASE = "passphrase";

    public static final String IDENTITY = "identity";
    public static final String ACCESS_KEY = "access key";
    public static final String SECRET_KEY = "secret key";

    /**
     * Where the points are.
     *
     * @param accessKey the reader's: it can list and get, no more
     */
    public record OffSite(
            String endpoint,
            String bucket,
            String region,
            boolean pathStyle,
            Secret<String> accessKey,
            Secret<String> secretKey) {}

    /**
     * How a person gets into the off-site provider's own pages when the keys no longer work. Empty: a line to write on by hand.
     *
     * @param secondFactor where the second factor lies
     * @param ca of a private certificate authority: where its certificate lies
     * @param dns who runs the names that this foundation needs
     */
    public record Login(String account, String secondFactor, String ca, String dns) {}

    /** In the order of the page. */
    List<PaperSecret> secrets() {
        List<PaperSecret> all =
                new ArrayList<>(List.of(new PaperSecret(PASSPHRASE, passphrase), new PaperSecret(IDENTITY, identity)));
        offSite.ifPresent(place -> {
            all.add(new PaperSecret(ACCESS_KEY, place.accessKey()));
            all.add(new PaperSecret(SECRET_KEY, place.secretKey()));
        });
        return all;
    }

    /** A line of the page that is no secret. */
    record Fact(String label, String text) {}

    /** What the run book's variables stand for. */
    List<Fact> places() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("INSTANCE", instanceId));
        facts.add(new Fact("SEAL_KEY", sealPublicKey));
        offSite.ifPresentOrElse(
                place -> {
                    facts.add(new Fact("ENDPOINT", place.endpoint()));
                    facts.add(new Fact("BUCKET", place.bucket()));
                    facts.add(new Fact("REGION", place.region()));
                    facts.add(new Fact("STYLE", place.pathStyle() ? "path" : "virtual"));
                },
                () -> facts.add(new Fact("ENDPOINT", "NONE: no off-site store is configured. A fire takes it all")));
        return facts;
    }

    List<Fact> logins() {
        return List.of(
                new Fact("Account", login.account()),
                new Fact("Second factor", login.secondFactor()),
                new Fact("Private CA", login.ca()),
                new Fact("DNS", login.dns()));
    }
}
