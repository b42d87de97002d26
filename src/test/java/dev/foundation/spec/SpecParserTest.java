package dev.foundation.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foundation.spec.FoundationSpec.ForgejoSpec.Product;
import dev.foundation.spec.FoundationSpec.S3Spec.Engine;
import dev.foundation.spec.FoundationSpec.Site;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpecParserTest {
    private static final String ID = "7d3c1c5e-6f0a-4f5e-9b1a-2f9f7a1b2c3d";

    @Test
    void anEmptyConfigurationGivesTheDocumentedDefaults() throws Exception {
        SpecDraft draft = draft("");
        FoundationSpec spec = draft.settle(ID, Site.ONLINE, Engine.RUSTFS);

        assertThat(draft.settled()).isFalse();
        assertThat(spec.instance()).isEqualTo(new InstanceName("foundation"));
        assertThat(spec.instanceId()).isEqualTo(ID);
        assertThat(spec.running()).isTrue();
        assertThat(spec.bindAddress()).isEqualTo("127.0.0.1");
        assertThat(spec.vault())
                .isEqualTo(new FoundationSpec.VaultSpec(true, 8200, new Memory(512), Optional.empty(), 5, 3));
        assertThat(spec.s3().port()).isEqualTo(9000);
        assertThat(spec.forgejo().rootUrl()).isEqualTo("http://127.0.0.1:3000/");
        assertThat(spec.forgejo().product()).isEqualTo(Product.FORGEJO);
        assertThat(spec.runner().enabled()).isTrue();
        assertThat(spec.backup().retention().weekly()).isEqualTo(4);
        assertThat(spec.backup().timetable().backup()).isEqualTo("0 3 * * *");
        assertThat(spec.backup().offSite()).isEmpty();
    }

    @Test
    void aSealedSiteTakesGiteaAndLeavesTheRunnerOut() throws Exception {
        FoundationSpec spec = draft("").settle(ID, Site.SEALED, Engine.VERSITYGW);

        assertThat(spec.forgejo().product()).isEqualTo(Product.GITEA);
        assertThat(spec.runner().enabled()).isFalse();
        assertThat(spec.s3().engine()).isEqualTo(Engine.VERSITYGW);
    }

    @Test
    void whatTheFileSaysWinsOverWhatWasFound() throws Exception {
        FoundationSpec spec = draft("""
                foundation:instanceId: %s
                foundation:site: sealed
                foundation:s3: {engine: rustfs}
                """.formatted(ID)).settle("ignored", Site.ONLINE, Engine.VERSITYGW);

        assertThat(spec.site()).isEqualTo(Site.SEALED);
        assertThat(spec.s3().engine()).isEqualTo(Engine.RUSTFS);
        assertThat(spec.instanceId()).isEqualTo(ID);
    }

    @Test
    void everyBadValueIsToldAtOnceWithItsKeyAndWhatIsAllowed() throws Exception {
        assertThat(problems(resource("bad.yaml"))).isEqualTo(resource("bad.expected.txt"));
    }

    @Test
    void theProgramRefusesChoicesThatAreStillOpen() throws Exception {
        InvalidConfigException e = catchThrowableOfType(
                InvalidConfigException.class, () -> SpecParser.settled(Configuration.ofStackFile("")));

        assertThat(e.problems())
                .extracting(ConfigProblem::key)
                .containsExactly("instanceId", "site", "s3.engine", "forgejo.product");
        assertThat(e).hasMessageContaining("run `./foundation up`");
    }

    @Test
    void bothDoorsReadTheSameSpec() throws Exception {
        FoundationSpec fromFile = SpecParser.settled(Configuration.ofStackFile("""
                config:
                  foundation:instanceId: %s
                  foundation:site: online
                  foundation:vault: {port: 18200, shares: 1, threshold: 1}
                  foundation:s3: {engine: versitygw}
                  foundation:forgejo: {product: forgejo, enabled: false}
                  foundation:backup: {ageRecipients: [age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p]}
                  foundation:blobNameKey: {secure: "v1:x"}
                  aws:region: eu-central-1
                """.formatted(ID)));
        FoundationSpec fromPulumi =
                SpecParser.settled(Configuration.ofProgram("""
                {"foundation:instanceId": "%s", "foundation:site": "online",
                 "foundation:vault": "{\\"port\\": 18200, \\"shares\\": 1, \\"threshold\\": 1}",
                 "foundation:s3": "{\\"engine\\":\\"versitygw\\"}",
                 "foundation:forgejo": "{\\"product\\":\\"forgejo\\",\\"enabled\\":false}",
                 "foundation:backup": "{\\"ageRecipients\\":[\\"age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p\\"]}",
                 "foundation:blobNameKey": "PLAINTEXT", "aws:region": "eu-central-1"}
                """.formatted(ID), "[\"foundation:blobNameKey\"]"));

        assertThat(fromPulumi).isEqualTo(fromFile);
        assertThat(fromFile.vault().port()).isEqualTo(18200);
        assertThat(fromFile.runner().enabled()).isFalse();
    }

    @Test
    void aSecretInClearIsRefusedAndNeverEchoed() {
        assertThatThrownBy(() -> draft("foundation:sealSigningKey: hunter2-in-clear"))
                .hasMessageContaining("foundation:sealSigningKey: it must be encrypted")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> draft("foundation:sealSigninKey: hunter2-in-clear"))
                .hasMessageContaining("did you mean foundation:sealSigningKey?")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aServiceIsOnlySwitchedOffWhenNothingNeedsIt() throws Exception {
        assertThatThrownBy(() -> draft("""
                foundation:vault: {enabled: false}
                foundation:s3: {enabled: false}
                """))
                .hasMessageContaining("foundation:vault.enabled is \"false\"")
                .hasMessageContaining("foundation:s3.enabled is \"false\": Forgejo keeps packages");
        assertThat(draft("""
                foundation:s3: {enabled: false, port: 8200}
                foundation:forgejo: {enabled: false}
                """).provisional().s3().enabled()).isFalse();
    }

    @Test
    void aRecoveryIsWholeOrIsRefused() throws Exception {
        assertThat(draft("").provisional().recovery()).isEqualTo(RecoverySpec.NONE);
        RecoverySpec whole = draft("""
                foundation:epoch: 3
                foundation:recovery: {point: 20261121T030000Z, stage: /srv/stage, from: off-site}
                """).provisional().recovery();
        assertThat(whole.epoch()).isEqualTo(3);
        assertThat(whole.restored())
                .contains(new RecoverySpec.Restored("20261121T030000Z", "/srv/stage", Optional.empty()));

        assertThatThrownBy(() -> draft("foundation:recovery: {point: yesterday, stage: stage, from: there}"))
                .hasMessageContaining("recovery.point")
                .hasMessageContaining("recovery.stage")
                .hasMessageContaining("recovery.from");
        assertThatThrownBy(() -> draft("foundation:recovery: {point: 20261121T030000Z}"))
                .hasMessageContaining("recovery.stage")
                .hasMessageContaining("belong together");
    }

    @Test
    void amazonsOffSiteBucketIsMadeByTheProgram() throws Exception {
        BackupSpec.OffSite offSite = draft("""
                foundation:backup:
                  offsite: {endpoint: "https://s3.eu-central-1.amazonaws.com", bucket: my-backups, region: eu-central-1}
                """).provisional().backup().offSite().orElseThrow();

        assertThat(offSite.aws()).isTrue();
        assertThat(offSite.pathStyle()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 3 * * *      | true",
                "*/15 * * * *   | true",
                "0 0-6/2 1,15 * 1-5 | true",
                "0 0 31 12 7    | true",
                "0 0 30 2 *     | false",
                "60 3 * * *     | false",
                "0 3 * *        | false",
                "0 3 * * * *    | false",
                "0 3 * * mon    | false",
                "5/2 * * * *    | false",
                "*/0 * * * *    | false",
                "9-3 * * * *    | false",
                "1,,2 * * * *   | false",
                "@daily         | false",
            })
    void cronSchedulesAreCheckedFieldByField(String schedule, boolean valid) {
        assertThat(CronFields.valid(schedule)).isEqualTo(valid);
    }

    @Test
    void textThatIsNoYamlIsToldWithItsPlaceAndWithoutItsContent() {
        assertThatThrownBy(() -> Configuration.ofStackFile("config:\n  foundation:x: 'hunter2\n"))
                .isInstanceOf(ConfigSyntaxException.class)
                .hasMessageContaining("line")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() ->
                        Configuration.ofStackFile("config:\n  foundation:site: auto\n  foundation:site: sealed\n"))
                .hasMessageContaining("duplicate key");
        assertThatThrownBy(() -> Configuration.ofStackFile("config: [1]")).hasMessageContaining("must hold keys");
        assertThatThrownBy(() -> Configuration.ofProgram("{\"a\": hunter2", "[]"))
                .hasMessageNotContaining("hunter2");
    }

    private static SpecDraft draft(String keys) throws Exception {
        return SpecParser.draft(Configuration.ofStackFile("config:\n" + keys.indent(2)));
    }

    private static String problems(String yaml) throws Exception {
        Configuration configuration = Configuration.ofStackFile(yaml);
        InvalidConfigException e =
                catchThrowableOfType(InvalidConfigException.class, () -> SpecParser.draft(configuration));
        return String.join(
                        "\n", e.problems().stream().map(ConfigProblem::message).toList()) + "\n";
    }

    private static String resource(String name) throws IOException {
        try (var in = SpecParserTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void listsMayBeWrittenAsOneTextWithCommas() throws Exception {
        assertThat(draft("foundation:runner: {labels: 'host, docker:docker://debian:bookworm'}")
                        .provisional()
                        .runner()
                        .labels())
                .isEqualTo(List.of("host", "docker:docker://debian:bookworm"));
    }
}
