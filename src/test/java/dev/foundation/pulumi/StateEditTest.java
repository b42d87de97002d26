package dev.foundation.pulumi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the state of a real foundation, as {@code pulumi stack export} printed it, without inputs and outputs, and with a bucket on AWS. */
final class StateEditTest {
    private static final Predicate<String> CONTENTS = type -> List.of(
                    "foundation:index:",
                    "vault:",
                    "aws:",
                    "pulumi:providers:foundation",
                    "pulumi:providers:vault",
                    "pulumi:providers:aws")
            .stream()
            .anyMatch(type::startsWith);

    private JsonNode state;

    @BeforeEach
    void readTheRecordedState() throws Exception {
        try (var stream = StateEditTest.class.getResourceAsStream("state.json")) {
            state = new ObjectMapper().readTree(stream);
        }
    }

    @Test
    void onlyTheForgottenTypesAreGone() {
        long all = resources().size();
        long docker = resources()
                .valueStream()
                .filter(each -> each.path("type").asText().startsWith("docker:"))
                .count();

        StateEdit.forget(state, CONTENTS);

        assertThat(docker).isPositive();
        assertThat(resources().size()).isLessThan((int) all);
        assertThat(resources().valueStream().map(each -> each.path("type").asText()))
                .noneMatch(CONTENTS)
                .contains("pulumi:pulumi:Stack", "pulumi:providers:docker", "foundation:stack:Vault")
                .filteredOn(type -> type.startsWith("docker:"))
                .hasSize((int) docker);
    }

    @Test
    void nothingPointsToWhatIsGone() {
        StateEdit.forget(state, CONTENTS);

        Set<String> known = new HashSet<>();
        for (JsonNode each : resources()) {
            known.add(each.path("urn").asText());
        }
        for (JsonNode each : resources()) {
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
        }
    }

    @Test
    void nothingIsProtectedAnyMore() {
        assertThat(resources().valueStream().filter(each -> each.path("protect").asBoolean()))
                .isNotEmpty();
        StateEdit.forget(state, CONTENTS);
        assertThat(resources().valueStream().filter(each -> each.path("protect").asBoolean()))
                .isEmpty();
    }

    @Test
    void interruptedOperationsAreForgottenWithTheirResources() {
        StateEdit.forget(state, CONTENTS);
        assertThat(state.at("/deployment/pending_operations")
                        .valueStream()
                        .map(each -> each.at("/resource/type").asText()))
                .containsExactly("docker:index/container:Container");
    }

    @Test
    void aStackThatNeverHeldAnythingStaysAsItIs() throws Exception {
        JsonNode empty = new ObjectMapper().readTree("{\"version\": 3, \"deployment\": {}}");
        JsonNode before = empty.deepCopy();
        StateEdit.forget(empty, CONTENTS);
        assertThat(empty).isEqualTo(before);
    }

    private JsonNode resources() {
        return state.at("/deployment/resources");
    }
}
