package dev.foundation.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import dev.foundation.docker.DockerCli;
import dev.foundation.plugin.FoundationHandlers;
import dev.foundation.plugin.ProviderPackage;
import dev.foundation.plugin.command.CommandPackage;
import dev.foundation.plugin.vault.VaultPackage;
import dev.foundation.stack.binding.Packages;
import dev.foundation.stack.binding.command.Command;
import dev.foundation.stack.binding.foundation.BlobOrigin;
import dev.foundation.stack.binding.foundation.BucketGrant;
import dev.foundation.stack.binding.foundation.RestoreSource;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import pulumirpc.Resource.RegisterResourceRequest;

/**
 * What the program says against what will hear it: each binding of ours against the schema that our provider serves, and each registration
 * of the whole program, property by property, against the schema of its provider, the makers' and the stand-ins' alike (R1.4, S5).
 */
@Timeout(120)
final class ServedSchemasTest {
    private static final Path BINDINGS = Path.of("src/main/java/dev/foundation/stack/binding/foundation");
    private static final Map<String, Schema> SERVED = new HashMap<>();
    private static final Map<String, Schema> OFFICIAL = new HashMap<>();
    private static List<RegisterResourceRequest> registrations;

    @BeforeAll
    static void askTheProvidersAndRunTheProgram() throws Exception {
        for (ProviderPackage each : List.of(
                new ProviderPackage(
                        "foundation",
                        Packages.FOUNDATION_VERSION,
                        configuration -> FoundationHandlers.all(new DockerCli(Map.of()), Path.of("."))),
                VaultPackage.provider(Packages.VAULT_VERSION),
                CommandPackage.provider(Packages.COMMAND_VERSION))) {
            SERVED.put(each.name(), Schema.served(each));
        }
        for (String name : List.of("docker", "vault", "command")) {
            OFFICIAL.put(name, Schema.official(name));
        }
        try (RecordingMonitor monitor = new RecordingMonitor(false)) {
            monitor.run(StackFixture.class, "everything");
            registrations = List.copyOf(monitor.registrations);
        }
    }

    static Stream<Class<?>> ourBindings() throws IOException {
        try (Stream<Path> files = Files.list(BINDINGS)) {
            return files
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> !name.equals("package-info"))
                    .map(ServedSchemasTest::binding)
                    .filter(CustomResource.class::isAssignableFrom)
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("ourBindings")
    void eachBindingIsItsHandlerPropertyByProperty(Class<?> binding) throws Exception {
        String token = "foundation:index:" + binding.getSimpleName();
        assertThat(Files.readString(BINDINGS.resolve(binding.getSimpleName() + ".java")))
                .contains("\"" + token + "\"");
        JsonNode type = SERVED.get("foundation").resource(token).orElseThrow();

        Map<String, Field> inputs = inputs(Class.forName(binding.getName() + "$Args"));
        // An optional input that the program never sets may be left out of a binding.
        assertThat(schemaTypes(type.get("inputProperties"))).containsAllEntriesOf(types(inputs));
        assertThat(required(inputs)).isEqualTo(names(type.get("requiredInputs")));

        Map<String, Field> outputs = outputs(binding);
        assertThat(schemaTypes(type.get("properties"))).containsAllEntriesOf(types(outputs));
        assertThat(names(type.get("required"))).as("an output is always there").containsAll(outputs.keySet());
    }

    @Test
    void everyTypeThatOurProviderServesHasABindingAndNoBindingMore() throws IOException {
        assertThat(ourBindings().map(each -> "foundation:index:" + each.getSimpleName()))
                .containsExactlyInAnyOrderElementsOf(names(
                        SERVED.get("foundation").document().path("resources").properties()));
    }

    @Test
    void aGrantIsWhatTheUsersHandlerReads() {
        JsonNode type = SERVED.get("foundation").document().at("/types").get("foundation:index:BucketGrant");
        assertThat(type).as("the type of S3User.grants").isNotNull();
        Map<String, Field> fields = inputs(BucketGrant.class);
        assertThat(types(fields)).isEqualTo(schemaTypes(type.get("properties")));
        assertThat(required(fields)).isEqualTo(names(type.get("required")));
    }

    @ParameterizedTest
    @ValueSource(classes = {RestoreSource.class, BlobOrigin.class})
    void whereARestoreReadsIsWhatItsHandlersRead(Class<?> binding) {
        JsonNode type =
                SERVED.get("foundation").document().at("/types").get("foundation:index:" + binding.getSimpleName());
        assertThat(type).isNotNull();
        Map<String, Field> fields = inputs(binding);
        assertThat(types(fields)).isEqualTo(schemaTypes(type.get("properties")));
        assertThat(required(fields)).isEqualTo(names(type.get("required")));
        assertThat(type.at("/properties")
                        .propertyStream()
                        .filter(each -> each.getValue().path("secret").asBoolean())
                        .map(Map.Entry::getKey))
                .isNotEmpty()
                .isSubsetOf("identity", "accessKey", "secretKey");
    }

    @Test
    void whatOpensSomethingIsASecretOutput() {
        Map<String, List<String>> secrets = Map.of(
                "VaultInit", List.of("unsealKeys", "rootToken"),
                "RandomSecret", List.of("value"),
                "AgeIdentity", List.of("identity"));
        secrets.forEach((type, outputs) -> outputs.forEach(output -> assertThat(SERVED.get("foundation")
                        .resource("foundation:index:" + type)
                        .orElseThrow()
                        .at("/properties/" + output + "/secret")
                        .asBoolean())
                .as(type + "." + output)
                .isTrue()));
    }

    @Test
    void everyRegistrationIsInTheMakersSchema() {
        for (RegisterResourceRequest each : custom().toList()) {
            Schema schema = OFFICIAL.get(owner(each));
            if (schema != null) {
                assertThat(schema.problems(each.getType(), each.getObject()))
                        .as(each.getName())
                        .isEmpty();
            }
        }
        assertThat(custom().map(ServedSchemasTest::owner).collect(Collectors.toSet()))
                .as("packages that some schema here speaks for")
                .containsExactlyInAnyOrder("docker", "vault", "foundation");
    }

    @Test
    void everyRegistrationIsServedOnASealedSite() {
        for (RegisterResourceRequest each : custom().toList()) {
            Schema schema = SERVED.get(owner(each));
            if (schema != null) {
                assertThat(schema.problems(each.getType(), each.getObject()))
                        .as(each.getName())
                        .isEmpty();
            }
        }
    }

    @Test
    void everyRegistrationAsksForTheVersionThatIsServed() {
        for (RegisterResourceRequest each : custom().toList()) {
            Schema schema = OFFICIAL.getOrDefault(owner(each), SERVED.get(owner(each)));
            assertThat(each.getVersion())
                    .as(each.getName())
                    .isEqualTo(schema.document().path("version").asText());
        }
    }

    @Test
    void theStandInForCommandServesTheWholeBinding() {
        JsonNode served =
                SERVED.get("command").resource("command:local:Command").orElseThrow();
        assertThat(names(served.get("inputProperties").properties()))
                .containsAll(inputs(Command.Args.class).keySet());
        assertThat(names(served.get("properties").properties()))
                .containsAll(outputs(Command.class).keySet());
    }

    @Test
    void theCheckItselfFindsWhatIsWrong() {
        var odd = com.google.protobuf.Struct.newBuilder()
                .putFields(
                        "image",
                        com.google.protobuf.Value.newBuilder().setNumberValue(1).build())
                .putFields(
                        "colour",
                        com.google.protobuf.Value.newBuilder()
                                .setStringValue("red")
                                .build())
                .build();
        assertThat(OFFICIAL.get("docker").problems("docker:index/container:Container", odd))
                .containsExactlyInAnyOrder(
                        "docker:index/container:Container.image is to be String and is a NUMBER_VALUE",
                        "docker:index/container:Container has no property colour");
        assertThat(OFFICIAL.get("docker").problems("docker:index:Ship", odd)).hasSize(1);
    }

    private static Stream<RegisterResourceRequest> custom() {
        return registrations.stream()
                .filter(RegisterResourceRequest::getCustom)
                .filter(each -> !each.getType().startsWith("pulumi:"));
    }

    private static String owner(RegisterResourceRequest each) {
        return each.getType().substring(0, each.getType().indexOf(':'));
    }

    private static Class<?> binding(String name) {
        try {
            return Class.forName("dev.foundation.stack.binding.foundation." + name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Field> inputs(Class<?> arguments) {
        return Arrays.stream(arguments.getDeclaredFields())
                .filter(each -> each.isAnnotationPresent(Import.class))
                .collect(Collectors.toMap(
                        each -> each.getAnnotation(Import.class).name(), Function.identity()));
    }

    private static Map<String, Field> outputs(Class<?> resource) {
        return Arrays.stream(resource.getDeclaredFields())
                .filter(each -> each.isAnnotationPresent(Export.class))
                .collect(Collectors.toMap(
                        each -> each.getAnnotation(Export.class).name(), Function.identity()));
    }

    private static Set<String> required(Map<String, Field> inputs) {
        return inputs.entrySet().stream()
                .filter(each -> each.getValue().getAnnotation(Import.class).required())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(Set<Map.Entry<String, JsonNode>> properties) {
        return properties.stream().map(Map.Entry::getKey).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> schemaTypes(JsonNode properties) {
        return properties.properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> Schema.javaType(each.getValue())));
    }

    /** {@code Output<List<java.lang.String>>} is {@code List<String>}. */
    private static Map<String, String> types(Map<String, Field> fields) {
        return fields.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        each -> ((ParameterizedType) each.getValue().getGenericType())
                                .getActualTypeArguments()[0]
                                .getTypeName()
                                .replaceAll("[a-z]+\\.", "")
                                .replace(" ", "")));
    }
}
