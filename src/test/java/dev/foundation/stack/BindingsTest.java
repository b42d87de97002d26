package dev.foundation.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.ResourceArgs;
import dev.foundation.stack.binding.Packages;
import dev.foundation.stack.binding.command.Command;
import dev.foundation.stack.binding.vault.Audit;
import dev.foundation.stack.binding.vault.AuthBackend;
import dev.foundation.stack.binding.vault.AuthBackendRole;
import dev.foundation.stack.binding.vault.AuthBackendRoleSecretId;
import dev.foundation.stack.binding.vault.Mount;
import dev.foundation.stack.binding.vault.Policy;
import dev.foundation.stack.binding.vault.SecretV2;
import dev.foundation.stack.binding.vault.VaultProvider;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Our bindings, property by property, against the providers' schemas (R1.4). */
final class BindingsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AWS = "com.pulumi.aws.s3.";

    static Stream<Arguments> bindings() {
        return Stream.of(
                Arguments.of("vault.json", "vault:index/mount:Mount", Mount.class, Mount.Args.class),
                Arguments.of("vault.json", "vault:index/policy:Policy", Policy.class, Policy.Args.class),
                Arguments.of("vault.json", "vault:index/audit:Audit", Audit.class, Audit.Args.class),
                Arguments.of(
                        "vault.json", "vault:index/authBackend:AuthBackend", AuthBackend.class, AuthBackend.Args.class),
                Arguments.of(
                        "vault.json",
                        "vault:appRole/authBackendRole:AuthBackendRole",
                        AuthBackendRole.class,
                        AuthBackendRole.Args.class),
                Arguments.of(
                        "vault.json",
                        "vault:appRole/authBackendRoleSecretId:AuthBackendRoleSecretId",
                        AuthBackendRoleSecretId.class,
                        AuthBackendRoleSecretId.Args.class),
                Arguments.of("vault.json", "vault:kv/secretV2:SecretV2", SecretV2.class, SecretV2.Args.class),
                Arguments.of("command.json", "command:local:Command", Command.class, Command.Args.class));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("bindings")
    void eachPropertyHasTheTypeThatTheSchemaSays(
            String schema, String token, Class<? extends CustomResource> resource, Class<? extends ResourceArgs> args)
            throws IOException {
        JsonNode type = schema(schema).at("/resources").get(token);
        assertThat(type).as(token).isNotNull();
        assertThat(Files.readString(source(resource))).contains("\"" + token + "\"");
        List<Field> inputs = annotated(args, Import.class);
        assertThat(inputs).isNotEmpty();
        for (Field field : inputs) {
            Import annotation = field.getAnnotation(Import.class);
            JsonNode property = type.get("inputProperties").get(annotation.name());
            assertThat(property).as(token + " input " + annotation.name()).isNotNull();
            assertThat(javaType(field)).as(annotation.name()).isEqualTo(schemaType(property));
            if (property.has("required")) {
                assertThat(annotation.required())
                        .as(annotation.name())
                        .isEqualTo(property.get("required").asBoolean());
            }
        }
        for (Field field : annotated(resource, Export.class)) {
            String name = field.getAnnotation(Export.class).name();
            JsonNode property = type.get("properties").get(name);
            assertThat(property).as(token + " output " + name).isNotNull();
            assertThat(javaType(field)).as(name).isEqualTo(schemaType(property));
        }
        List<String> required = Stream.concat(
                        type.path("requiredInputs").valueStream().map(JsonNode::asText),
                        type.get("inputProperties").properties().stream()
                                .filter(each -> each.getValue().path("required").asBoolean())
                                .map(Map.Entry::getKey))
                .toList();
        assertThat(inputs.stream().map(each -> each.getAnnotation(Import.class).name()))
                .containsAll(required);
    }

    @Test
    void theVaultProvidersConfigurationIsInItsSchema() throws IOException {
        List<String> known = schema("vault.json")
                .at("/provider/inputProperties")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
        assertThat(known).isNotEmpty();
        annotated(VaultProvider.Args.class, Import.class)
                .forEach(each -> assertThat(known)
                        .contains(each.getAnnotation(Import.class).name()));
    }

    @ParameterizedTest
    @MethodSource("awsArguments")
    void eachAwsPropertyIsThatOfTheMakersOwnSdk(String ours, String theirs) throws ReflectiveOperationException {
        Map<String, Boolean> known = annotated(Class.forName(AWS + theirs), Import.class).stream()
                .collect(Collectors.toMap(
                        each -> each.getAnnotation(Import.class).name(),
                        each -> each.getAnnotation(Import.class).required()));
        List<Field> fields = annotated(Class.forName("dev.foundation.stack.binding.aws." + ours), Import.class);
        assertThat(fields).isNotEmpty();
        for (Field field : fields) {
            assertThat(known).containsKey(field.getAnnotation(Import.class).name());
        }
        assertThat(fields.stream().map(each -> each.getAnnotation(Import.class).name()))
                .containsAll(known.entrySet().stream()
                        .filter(Map.Entry::getValue)
                        .map(Map.Entry::getKey)
                        .toList());
    }

    static Stream<Arguments> awsArguments() {
        return Stream.of(
                Arguments.of("Bucket$Args", "BucketV2Args"),
                Arguments.of("BucketVersioning$Args", "BucketVersioningV2Args"),
                Arguments.of(
                        "BucketVersioning$VersioningConfiguration",
                        "inputs.BucketVersioningV2VersioningConfigurationArgs"),
                Arguments.of("BucketObjectLock$Args", "BucketObjectLockConfigurationV2Args"),
                Arguments.of("BucketObjectLock$Rule", "inputs.BucketObjectLockConfigurationV2RuleArgs"),
                Arguments.of(
                        "BucketObjectLock$DefaultRetention",
                        "inputs.BucketObjectLockConfigurationV2RuleDefaultRetentionArgs"),
                Arguments.of("BucketLifecycle$Args", "BucketLifecycleConfigurationV2Args"),
                Arguments.of("BucketLifecycle$Rule", "inputs.BucketLifecycleConfigurationV2RuleArgs"),
                Arguments.of("BucketLifecycle$Filter", "inputs.BucketLifecycleConfigurationV2RuleFilterArgs"),
                Arguments.of(
                        "BucketLifecycle$AbortIncompleteMultipartUpload",
                        "inputs.BucketLifecycleConfigurationV2RuleAbortIncompleteMultipartUploadArgs"),
                Arguments.of("BucketPublicAccessBlock$Args", "BucketPublicAccessBlockArgs"));
    }

    @Test
    void eachPackageIsPinnedToTheVersionInVersions() throws IOException {
        List<String> versions = Files.readAllLines(Path.of("VERSIONS"));
        assertThat(versions)
                .contains(
                        "pulumi-resource-vault=" + Packages.VAULT_VERSION,
                        "pulumi-resource-command=" + Packages.COMMAND_VERSION,
                        "pulumi-resource-aws=" + Packages.AWS_VERSION);
    }

    private static List<Field> annotated(Class<?> type, Class<? extends java.lang.annotation.Annotation> annotation) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(each -> each.isAnnotationPresent(annotation))
                .toList();
    }

    /** Ours, in the schema's words: {@code Output<Map<String, String>>} is {@code Map<String,String>}. */
    private static String javaType(Field field) {
        Type inner = ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0];
        return inner.getTypeName()
                .replace("java.lang.", "")
                .replace("java.util.", "")
                .replace(" ", "");
    }

    private static String schemaType(JsonNode property) {
        if (property.has("javaType")) {
            return property.get("javaType").asText();
        }
        return switch (property.path("type").asText()) {
            case "string" -> "String";
            case "boolean" -> "Boolean";
            case "integer" -> "Integer";
            case "object" -> "Map<String,String>";
            // triggers hold anything; ours are texts
            case "array" -> "List<String>";
            default -> property.toString();
        };
    }

    private static JsonNode schema(String name) throws IOException {
        try (var in = Objects.requireNonNull(BindingsTest.class.getResourceAsStream("/schemas/" + name))) {
            return JSON.readTree(in);
        }
    }

    private static Path source(Class<?> type) {
        return Path.of("src/main/java", type.getName().replace('.', '/') + ".java");
    }
}
