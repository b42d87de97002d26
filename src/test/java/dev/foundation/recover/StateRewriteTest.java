package dev.foundation.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.pulumi.Pulumi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the state of a real foundation, as {@code pulumi stack export} printed it, without inputs and outputs, and with a bucket on AWS. */
final class StateRewriteTest {
    private ObjectNode state;

    @BeforeEach
    void readTheRecordedState() throws Exception {
        try (var stream = Pulumi.class.getResourceAsStream("state.json")) {
            state = (ObjectNode) new ObjectMapper().readTree(stream);
        }
        ((ObjectNode) state.path("deployment")).putArray("pending_operations");
    }

    @Test
    void whatLivedOnTheLostMachineIsGoneAndWhatHoldsKeysStaysProtected() throws Exception {
        StateRewrite done = StateRewrite.of(state, "dr");

        assertThat(done.stripped())
                .isEqualTo(Map.of(
                        "docker:index/container:Container", 3,
                        "docker:index/network:Network", 1,
                        "docker:index/remoteImage:RemoteImage", 1,
                        "docker:index/volume:Volume", 5,
                        "foundation:index:S3Bucket", 1,
                        "foundation:index:VolumeFiles", 3));
        assertThat(done.kept()).containsKeys("foundation:index:VaultInit", "vault:kv/secretV2:SecretV2");
        for (String type : new String[] {"foundation:index:VaultInit", "foundation:index:RandomSecret"}) {
            assertThat(resources(done).filter(each -> each.path("type").asText().equals(type)))
                    .isNotEmpty()
                    .allMatch(each -> each.path("protect").asBoolean());
        }
    }

    @Test
    void everyUrnBearsTheNewNameAndPointsToSomethingThatIsThere() throws Exception {
        StateRewrite done = StateRewrite.of(state, "dr");

        Set<String> known = new HashSet<>();
        resources(done).forEach(each -> known.add(each.path("urn").asText()));
        assertThat(known)
                .contains("urn:pulumi:dr::foundation::pulumi:pulumi:Stack::foundation-dr")
                .allMatch(urn -> urn.startsWith("urn:pulumi:dr::foundation::"));
        assertThat(done.export().toString()).doesNotContain("urn:pulumi:foundation::");
        resources(done).forEach(each -> {
            String name = each.path("urn").asText();
            assertThat(each.path("dependencies").valueStream().map(JsonNode::asText))
                    .as(name)
                    .allMatch(known::contains);
            each.path("propertyDependencies")
                    .forEach(urns -> assertThat(urns.valueStream().map(JsonNode::asText))
                            .as(name)
                            .allMatch(known::contains));
            if (each.has("parent")) {
                assertThat(known).contains(each.path("parent").asText());
            }
            String provider = each.path("provider").asText();
            if (!provider.isEmpty()) {
                assertThat(known).contains(provider.substring(0, provider.lastIndexOf("::")));
            }
        });
    }

    @Test
    void aRecoveredFoundationIsRewrittenBackToTheVeryNamesItHad() throws Exception {
        ObjectNode there = StateRewrite.of(state, "dr").export();
        assertThat(StateRewrite.of(there, "foundation").export())
                .isEqualTo(StateRewrite.of(state, "foundation").export());
    }

    @Test
    void urnsInAliasesInputsAndOtherReferencesAreRenamedToo() throws Exception {
        ObjectNode kept = (ObjectNode) resource("foundation:index:VaultInit");
        String container =
                resource("docker:index/container:Container").path("urn").asText();
        String root = "urn:pulumi:foundation::foundation::pulumi:pulumi:Stack::foundation-foundation";
        kept.putArray("aliases").add(kept.path("urn").asText() + "-before");
        kept.put("deletedWith", container);
        kept.putObject("inputs").put("reference", root).put("name", "foundation");
        kept.put("refreshBeforeUpdate", true);

        StateRewrite done = StateRewrite.of(state, "dr");
        JsonNode after = resources(done)
                .filter(each -> each.path("type").asText().equals("foundation:index:VaultInit"))
                .findFirst()
                .orElseThrow();
        assertThat(after.at("/aliases/0").asText())
                .startsWith("urn:pulumi:dr::foundation::")
                .endsWith("-before");
        assertThat(after.has("deletedWith")).isFalse();
        assertThat(after.has("refreshBeforeUpdate")).isFalse();
        assertThat(after.at("/inputs/reference").asText())
                .isEqualTo("urn:pulumi:dr::foundation::pulumi:pulumi:Stack::foundation-dr");
        assertThat(after.at("/inputs/name").asText()).isEqualTo("foundation");
    }

    @Test
    void aStateWithAnUnknownTypeOrPendingOperationsIsRefusedByName() throws Exception {
        ObjectNode stranger = ((ArrayNode) state.at("/deployment/resources")).addObject();
        stranger.put("urn", "urn:pulumi:foundation::foundation::other:index:Thing::x")
                .put("type", "other:index:Thing");
        assertThatThrownBy(() -> StateRewrite.of(state, "dr")).hasMessageContaining("other:index:Thing");

        readTheRecordedState();
        ((ArrayNode) state.at("/deployment/pending_operations")).addObject();
        assertThatThrownBy(() -> StateRewrite.of(state, "dr")).hasMessageContaining("pending operations");
        assertThatThrownBy(() -> StateRewrite.of(new ObjectMapper().readTree("{\"version\":3}"), "dr"))
                .hasMessageContaining("no resources");
    }

    @Test
    void whatWasAboutToBeDeletedIsNotTakenForItsSuccessor() throws Exception {
        ObjectNode old = resource("foundation:index:VaultInit").deepCopy();
        old.put("delete", true);
        ((ArrayNode) state.at("/deployment/resources")).add(old);

        StateRewrite done = StateRewrite.of(state, "dr");
        assertThat(done.kept().get("foundation:index:VaultInit")).isEqualTo(1);
        assertThat(done.stripped().get("foundation:index:VaultInit")).isEqualTo(1);
        assertThat(done.export().toString()).doesNotContain("\"delete\"");
    }

    @Test
    void theTableKnowsEveryTypeThatTheProgramDeclaresAndTheProviderServes() throws Exception {
        Set<String> types = new TreeSet<>();
        Pattern type = Pattern.compile(
                "\"((?:foundation:(?:index|stack)|vault:[a-zA-Z0-9]+(?:/[a-zA-Z0-9]+)?|aws:[a-z0-9]+(?:/[a-zA-Z0-9]+)?|command:local):[A-Za-z0-9]+)\"");
        for (String room : new String[] {"stack", "plugin"}) {
            try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/foundation", room))) {
                for (Path each :
                        files.filter(file -> file.toString().endsWith(".java")).toList()) {
                    var found = type.matcher(Files.readString(each));
                    while (found.find()) {
                        types.add(found.group(1));
                    }
                }
            }
        }
        assertThat(types)
                .hasSizeGreaterThanOrEqualTo(40)
                .allSatisfy(each -> assertThat(StateTypes.of(each)).isPresent());
    }

    private JsonNode resource(String type) {
        return state.at("/deployment/resources")
                .valueStream()
                .filter(each -> each.path("type").asText().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<JsonNode> resources(StateRewrite done) {
        return done.export().at("/deployment/resources").valueStream();
    }
}
