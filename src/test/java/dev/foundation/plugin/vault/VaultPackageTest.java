package dev.foundation.plugin.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.foundation.plugin.ProviderPackage.Setting;
import dev.foundation.plugin.ResourceHandler;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every name of the official schema is served or refused; none is ignored, and none is made up. */
final class VaultPackageTest {
    private final JsonNode schema = read();
    private final List<ResourceHandler<?, ?>> handlers =
            VaultPackage.provider("7.9.0").factory().handlers(Map.of());

    @Test
    void everyTypeOfTheSchemaIsServed() {
        var tokens = new TreeSet<String>();
        schema.path("resources").fieldNames().forEachRemaining(tokens::add);
        assertThat(handlers).extracting(ResourceHandler::token).containsExactlyInAnyOrderElementsOf(tokens);
    }

    @Test
    void everyInputOfTheSchemaIsServedOrRefused() {
        for (ResourceHandler<?, ?> handler : handlers) {
            var official = new TreeSet<String>();
            inputs(handler).fieldNames().forEachRemaining(official::add);
            var served = names(handler.inputs());
            var known = new TreeSet<>(served);
            known.addAll(handler.refusedInputs().keySet());
            assertThat(known).as(handler.token()).isEqualTo(official);
            assertThat(served)
                    .as(handler.token())
                    .doesNotContainAnyElementsOf(handler.refusedInputs().keySet());
            assertThat(handler.refusedInputs().values()).allMatch(reason -> reason.contains("sealed site"));
        }
    }

    @Test
    void everyServedInputHasTheOfficialTypeAndIsRequiredIfItIsThere() {
        for (ResourceHandler<?, ?> handler : handlers) {
            for (RecordComponent component : handler.inputs().getRecordComponents()) {
                JsonNode official = inputs(handler).path(component.getName());
                assertThat(javaType(component))
                        .as(handler.token() + " " + component.getName())
                        .isEqualTo(official.path("javaType").asText());
                if (official.path("required").asBoolean()) {
                    assertThat(component.getType()).isNotEqualTo(Optional.class);
                }
            }
        }
    }

    @Test
    void everyOutputIsOfficialAndSecretWhereTheOfficialOneIs() {
        for (ResourceHandler<?, ?> handler : handlers) {
            JsonNode resource = schema.path("resources").path(handler.token());
            var secret = new HashSet<String>();
            resource.path("additionalSecretOutputs").forEach(name -> secret.add(name.asText()));
            for (RecordComponent component : handler.outputs().getRecordComponents()) {
                assertThat(resource.path("properties")
                                .path(component.getName())
                                .path("javaType")
                                .asText())
                        .as(handler.token() + " " + component.getName())
                        .isEqualTo(javaType(component));
                assertThat(component.isAnnotationPresent(dev.foundation.plugin.Secret.class))
                        .as(handler.token() + " " + component.getName())
                        .isEqualTo(secret.contains(component.getName()));
            }
        }
    }

    @Test
    void everySettingOfTheProviderIsServedOrRefused() {
        var official = new TreeSet<String>();
        schema.at("/provider/inputProperties").forEach(name -> official.add(name.asText()));
        assertThat(VaultPackage.provider("7.9.0").settings())
                .extracting(Setting::name)
                .containsExactlyInAnyOrderElementsOf(official);
    }

    @Test
    void spansAreReadAsGoWritesThem() {
        assertThat(Stream.of("0s", "30s", "1m0s", "1h30m0s", "720h0m0s").map(SecretBackendV2::seconds))
                .containsExactly(0, 30, 60, 5400, 2592000);
    }

    private JsonNode inputs(ResourceHandler<?, ?> handler) {
        return schema.path("resources").path(handler.token()).path("inputProperties");
    }

    private static Set<String> names(Class<?> record) {
        var names = new TreeSet<String>();
        Arrays.stream(record.getRecordComponents())
                .map(RecordComponent::getName)
                .forEach(names::add);
        return names;
    }

    private static String javaType(RecordComponent component) {
        Type type = component.getGenericType();
        if (component.getType() == Optional.class) {
            type = ((ParameterizedType) type).getActualTypeArguments()[0];
        }
        return type.getTypeName().replaceAll("java\\.(lang|util)\\.", "").replace(" ", "");
    }

    private static JsonNode read() {
        try (var in = VaultPackageTest.class.getResourceAsStream("/schemas/vault.json")) {
            return new JsonMapper().readTree(in);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
