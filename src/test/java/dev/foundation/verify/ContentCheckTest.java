package dev.foundation.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.age.AgeIdentity;
import dev.foundation.age.AgeSealer;
import dev.foundation.artifact.Artifact;
import dev.foundation.artifact.Gzip;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.secret.Secret;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.stream.GunzipReader;
import dev.foundation.testing.MemoryStore;
import dev.foundation.testing.PointFixture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContentCheckTest {
    @TempDir
    Path folder;

    private final MemoryStore local = new MemoryStore("local", new ObjectStore.Traits(false, false));
    private PointFixture fixture;

    @BeforeEach
    void fixture() {
        fixture = new PointFixture(folder, List.of(local));
        for (int i = 0; i < 5; i++) {
            fixture.buckets().put("media", "object" + i, "content " + i);
        }
    }

    private ContentCheck check(AgeIdentity... identities) {
        return new ContentCheck(
                Arrays.stream(identities).map(AgeIdentity::identity).toList(),
                Optional.of(new Sample(100, new Random(7))),
                event -> {});
    }

    private List<Finding> check(SignedSeal point) throws Exception {
        return check(fixture.age()).run("local", point, PointBytes.at(local, point));
    }

    private static List<Finding> errors(List<Finding> findings) {
        return findings.stream()
                .filter(each -> each.severity() == Severity.ERROR)
                .toList();
    }

    @Test
    void aWholePointIsOpenedAndEachPartIsSaidToBeRead() throws Exception {
        List<Finding> findings = check(fixture.take());

        assertThat(findings).allMatch(each -> each.severity() == Severity.INFO);
        assertThat(findings)
                .extracting(Finding::object)
                .containsExactlyInAnyOrder(
                        "postgres.sql.gz.age",
                        "forgejo-repos.tar.zst.age",
                        "vault-raft.snap.age",
                        "pulumi-state.json.age",
                        "rustfs-blobs/objects.jsonl.zst.age",
                        "Pulumi.foundation.yaml",
                        "VERSIONS");
        assertThat(findings).extracting(Finding::message).anyMatch(text -> text.contains("5 blobs opened"));
    }

    @Test
    void anOlderIdentityBesideTheRightOneDoesNoHarm() throws Exception {
        SignedSeal point = fixture.take();

        assertThat(errors(
                        check(AgeIdentity.generate(), fixture.age()).run("local", point, PointBytes.at(local, point))))
                .isEmpty();
    }

    @Test
    void aWrongIdentityIsToldBeforeAnythingIsRead() throws Exception {
        SignedSeal point = fixture.take();
        var reads = new AtomicInteger();
        AgeIdentity wrong = AgeIdentity.generate();

        List<Finding> findings = check(wrong).run("local", point, name -> {
            reads.incrementAndGet();
            return PointBytes.at(local, point).open(name);
        });

        assertThat(reads).hasValue(0);
        assertThat(findings).singleElement().satisfies(each -> {
            assertThat(each.message())
                    .contains(
                            "does not open this point",
                            wrong.recipient(),
                            fixture.age().recipient())
                    .doesNotContain(wrong.identity().expose());
        });
        assertThatThrownBy(() -> new ContentCheck(List.of(Secret.of("AGE-SECRET-KEY-1X")), Optional.empty(), e -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("1X");
    }

    @Test
    void whatAnybodyCouldSealToOurRecipientIsNotTakenForOurs() throws Exception {
        SignedSeal point = fixture.take();
        ObjectKey key = new BundleKeys(point.seal().point()).artifact(Names.VAULT);
        byte[] forged = AgeSealer.seal(
                        new ByteArrayInputStream("forged".getBytes(StandardCharsets.UTF_8)),
                        List.of(fixture.age().recipient()),
                        1)
                .readAllBytes();
        local.overwrite(key, forged);

        assertThat(errors(check(point)))
                .allMatch(each -> each.object().equals("vault-raft.snap.age"))
                .anyMatch(each -> each.message().contains("is not what was sealed"));
    }

    private static Artifact edited(Artifact artifact, String name, String from, String to) {
        if (!artifact.name().equals(name)) {
            return artifact;
        }
        try {
            boolean gzip = name.equals(Names.POSTGRES);
            byte[] raw = artifact.content().readAllBytes();
            byte[] plain = gzip ? new GunzipReader(new ByteArrayInputStream(raw)).readAllBytes() : raw;
            String text = new String(plain, StandardCharsets.ISO_8859_1);
            assertThat(text).contains(from);
            byte[] changed = text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
            return PointFixture.withContent(
                    artifact, gzip ? new Gzip(new ByteArrayInputStream(changed)).readAllBytes() : changed);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void wronglyMade(String name, String from, String to, String message) throws Exception {
        fixture.spoil(artifact -> edited(artifact, name, from, to));
        SignedSeal point = fixture.take();

        assertThat(errors(check(point))).singleElement().satisfies(each -> {
            assertThat(each.object()).startsWith(name);
            assertThat(each.message()).contains(message);
        });
    }

    @Test
    void aDumpThatWasCutBeforeItWasSealedIsNamed() throws Exception {
        wronglyMade(Names.POSTGRES, "-- foundation: end of the script, databases: 1\n", "", "its last line is missing");
    }

    @Test
    void rowsThatTheManifestDoesNotKnowAreNamed() throws Exception {
        wronglyMade(
                Names.POSTGRES,
                "COPY public.issue (id) FROM stdin;\n",
                "COPY public.issue (id) FROM stdin;\n1\n",
                "rows of public.issue: the manifest says 0, the script has 1");
    }

    @Test
    void aStateThatIsNoneIsNamed() throws Exception {
        wronglyMade(Names.PULUMI_STATE, "\"deployment\"", "\"deplorable\"", "no stack export");
    }

    @Test
    void aConfigurationThatOpensNothingIsNamed() throws Exception {
        wronglyMade(Names.CONFIGURATION, "encryptionsalt: v1:abc:v1:def\n", "", "encryptionsalt");
    }

    @Test
    void anotherHeadThanTheManifestSaysIsNamed() throws Exception {
        var first = new byte[1][];
        fixture.spoil(artifact -> {
            if (!artifact.name().equals(Names.FORGEJO)) {
                return artifact;
            }
            try {
                if (first[0] == null) {
                    first[0] = artifact.content().readAllBytes();
                    return PointFixture.withContent(artifact, first[0]);
                }
                return PointFixture.withContent(artifact, first[0]); // yesterday's volume with today's facts
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(errors(check(fixture.take()))).isEmpty();

        assertThat(errors(check(fixture.take())))
                .singleElement()
                .satisfies(each -> assertThat(each.message())
                        .contains("repositories / repos/a.git / commit: the manifest says 000"));
    }

    @Test
    void aVaultSnapshotThatIsNoneIsNamed() throws Exception {
        fixture.spoil(artifact ->
                artifact.name().equals(Names.VAULT) ? PointFixture.withContent(artifact, new byte[0]) : artifact);

        assertThat(errors(check(fixture.take())))
                .singleElement()
                .matches(each -> each.object().equals("vault-raft.snap.age")
                        && each.message().contains("Vault's snapshot is not whole"));
    }
}
