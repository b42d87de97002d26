package dev.foundation.plugin.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.plugin.ResourceHandler.Current;
import dev.foundation.testing.RecordingRun;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KeysTest {
    // The key pair of the age specification's own example (age-keygen prints the recipient beside the identity).
    private static final String IDENTITY = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
    private static final String RECIPIENT = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";
    private final RandomSecret secrets = new RandomSecret();
    private final AgeIdentity identities = new AgeIdentity();
    private final RecordingRun run = new RecordingRun();

    private String made(int length, String kind) {
        return secrets.create(new RandomSecret.Inputs(length, kind, Optional.empty()), run)
                .outputs()
                .value();
    }

    @Test
    void eachKindOfSecretHasItsAlphabetAndLength() {
        assertThat(made(40, "password")).matches("[A-Za-z0-9]{40}");
        assertThat(made(20, "hex")).matches("[0-9a-f]{40}");
        assertThat(Base64.getDecoder().decode(made(32, "base64"))).hasSize(32);
        assertThat(made(32, "base64url")).matches("[A-Za-z0-9_-]{43}");
        assertThat(made(32, "hex")).isNotEqualTo(made(32, "hex"));
    }

    @Test
    void aSecretStaysThroughReadAndUpdateAndNeverPrintsItself() throws Exception {
        var inputs = new RandomSecret.Inputs(32, "hex", Optional.of(Map.of("generation", "1")));
        var created = secrets.create(inputs, run);
        var known = new Current<>(inputs, created.outputs());
        assertThat(secrets.read(created.id(), Optional.of(known))).contains(known);
        assertThat(secrets.update(created.id(), known, inputs, run)).isEqualTo(created.outputs());
        assertThat(created.toString()).doesNotContain(created.outputs().value());
    }

    @Test
    void shortOrUnknownSecretsAreRefusedAllAtOnce() {
        assertThat(secrets.check(new RandomSecret.Inputs(8, "words", Optional.empty())))
                .extracting("property")
                .containsExactly("kind", "length");
    }

    @Test
    void aGivenIdentityYieldsItsRecipient() throws Exception {
        var created = identities.create(new AgeIdentity.Inputs(Optional.of(IDENTITY)), run);
        assertThat(created.id()).isEqualTo(RECIPIENT);
        assertThat(created.outputs()).isEqualTo(new AgeIdentity.Outputs(RECIPIENT, IDENTITY));
    }

    @Test
    void aNewIdentityDerivesToTheSameRecipientAgain() throws Exception {
        var fresh =
                identities.create(new AgeIdentity.Inputs(Optional.empty()), run).outputs();
        assertThat(fresh.recipient()).startsWith("age1").hasSize(62);
        assertThat(identities
                        .create(new AgeIdentity.Inputs(Optional.of(fresh.identity())), run)
                        .outputs())
                .isEqualTo(fresh);
        assertThat(fresh.toString()).doesNotContain("AGE-SECRET-KEY");
    }

    /** K1: what is rotated is updated in place; a protected resource could not be replaced. */
    @Test
    void aRotatedIdentityIsAnUpdateWithTheNewRecipient() throws Exception {
        var made =
                identities.create(new AgeIdentity.Inputs(Optional.empty()), run).outputs();
        var old = new Current<>(new AgeIdentity.Inputs(Optional.of(made.identity())), made);
        assertThat(identities.update(made.recipient(), old, new AgeIdentity.Inputs(Optional.of(IDENTITY)), run))
                .isEqualTo(new AgeIdentity.Outputs(RECIPIENT, IDENTITY));
        assertThat(identities.update(made.recipient(), old, new AgeIdentity.Inputs(Optional.empty()), run))
                .isEqualTo(made);
    }

    @Test
    void aBadIdentityIsRefusedWithoutBeingShown() {
        for (var bad : new String[] {
            "", "hunter2", IDENTITY.replace("GAEX", "GAEQ"), IDENTITY.toLowerCase(java.util.Locale.ROOT), RECIPIENT
        }) {
            var problems = identities.check(new AgeIdentity.Inputs(Optional.of(bad)));
            assertThat(problems).as(bad).hasSize(1);
            assertThat(problems.getFirst().reason()).doesNotContain("hunter2").doesNotContain("GFPYYSJZ");
        }
        assertThat(identities.check(new AgeIdentity.Inputs(Optional.of(IDENTITY))))
                .isEmpty();
        assertThat(identities.check(new AgeIdentity.Inputs(Optional.empty()))).isEmpty();
    }
}
