package dev.foundation.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pulumirpc.Resource.RegisterResourceRequest;

/** The graph that the program declares, as an engine sees it (R1.1, R3.1). */
@Timeout(120)
final class FoundationStackTest {
    private static final String CONTAINER = "docker:index/container:Container";
    private static Map<String, RegisterResourceRequest> resources;
    private static Duration time;

    @BeforeAll
    static void runTheProgram() throws Exception {
        try (RecordingMonitor monitor = new RecordingMonitor(false)) {
            time = monitor.run(StackFixture.class, "everything");
            resources = monitor.byUrn();
        }
    }

    @Test
    void theProgramRegistersEverythingThatAFoundationNeeds() {
        System.out.println("program: " + resources.size() + " resources in " + time.toMillis() + " ms from JVM start");
        assertThat(resources).hasSizeGreaterThan(80);
    }

    @Test
    void everyServiceIsOneContainerAndVaultHasAnUnsealer() {
        assertThat(names(CONTAINER))
                .containsExactlyInAnyOrder(
                        "unit-vault",
                        "unit-vault-unsealer",
                        "unit-postgres",
                        "unit-s3",
                        "unit-forgejo",
                        "unit-runner",
                        "unit-backup",
                        "unit-backup-pruner");
    }

    @Test
    void forgejoStartsAfterTheLeavesOfVaultPostgresAndTheS3Server() {
        Set<String> before = ancestors("unit-forgejo");
        assertThat(before)
                .contains(
                        "unit-vault-init",
                        "unit-vault-content-forgejo-database",
                        "unit-vault-content-forgejo-s3",
                        "unit-postgres-database-forgejo",
                        "unit-s3-user-forgejo",
                        "unit-s3-bucket-forgejo-lfs",
                        "unit-s3-bucket-forgejo-packages",
                        "unit-s3-bucket-forgejo-artifacts");
    }

    @Test
    void theRunnerStartsAfterForgejo() {
        assertThat(ancestors("unit-runner")).contains("unit-forgejo", "unit-runner-registration");
    }

    @Test
    void nothingGoesIntoVaultBeforeItIsInitialised() {
        resources.values().stream()
                .filter(each -> each.getType().startsWith("vault:"))
                .forEach(each -> assertThat(ancestors(each.getName())).contains("unit-vault-init", "unit-vault"));
    }

    @Test
    void theGraphHasNoCycle() {
        // An engine can only be told of dependencies that it already knows: a name registered later would be a cycle or
        // a lie.
        Set<String> known = new HashSet<>();
        resources.forEach((urn, each) -> {
            assertThat(known).as("dependencies of " + urn).containsAll(each.getDependenciesList());
            known.add(urn);
        });
    }

    @Test
    void everyChildIsNamedAfterItsComponentAndParented() {
        for (RegisterResourceRequest each : resources.values()) {
            if (each.getType().equals("pulumi:pulumi:Stack") || each.getType().startsWith("pulumi:providers:docker")) {
                continue;
            }
            assertThat(each.getName()).startsWith("unit-");
            RegisterResourceRequest parent = resources.get(each.getParent());
            assertThat(parent).as("parent of " + each.getName()).isNotNull();
            if (!parent.getType().equals("pulumi:pulumi:Stack")) {
                assertThat(each.getName()).startsWith(parent.getName());
            }
        }
    }

    @Test
    void noSecretIsEverSentInClear() {
        List<String> secrets = List.of(
                "random-",
                "unseal-key-",
                "root-token",
                StackFixture.IDENTITY,
                "seal-signing-key-text",
                "blob-name-key-text",
                "-access-key-text",
                "-secret-key-text");
        for (RegisterResourceRequest each : resources.values()) {
            each.getObject().getFieldsMap().forEach((property, value) -> {
                String clear = withoutSecrets(value).toString();
                assertThat(secrets).as(each.getName() + "." + property).noneMatch(clear::contains);
            });
        }
    }

    @Test
    void everyContainerIsHardenedAndBoundToLoopback() {
        for (RegisterResourceRequest each : of(CONTAINER)) {
            Map<String, Value> inputs = each.getObject().getFieldsMap();
            assertThat(inputs.get("readOnly").getBoolValue()).as(each.getName()).isTrue();
            assertThat(inputs.get("memory").getNumberValue()).isPositive();
            assertThat(inputs.get("memorySwap")).isEqualTo(inputs.get("memory"));
            assertThat(inputs.get("restart").getStringValue()).isEqualTo("unless-stopped");
            assertThat(inputs.get("wait").getBoolValue()).isTrue();
            assertThat(inputs.get("capabilities").toString()).contains("ALL");
            if (each.getName().equals("unit-backup")) {
                assertThat(inputs.get("capabilities").toString()).contains("CAP_DAC_READ_SEARCH");
                assertThat(inputs.get("capabilities")
                                .getStructValue()
                                .getFieldsOrThrow("adds")
                                .getListValue()
                                .getValuesList())
                        .as("the agent reads other users' files, and has no other right of root")
                        .hasSize(1);
            } else {
                assertThat(inputs.get("capabilities").toString()).doesNotContain("adds");
            }
            assertThat(inputs.get("securityOpts").toString()).contains("no-new-privileges");
            assertThat(inputs.get("healthcheck").toString()).contains("CMD-SHELL");
            assertThat(inputs.get("logOpts").toString()).contains("max-size");
            Value ports = inputs.get("ports");
            if (ports != null) {
                ports.getListValue()
                        .getValuesList()
                        .forEach(port -> assertThat(port.getStructValue()
                                        .getFieldsOrThrow("ip")
                                        .getStringValue())
                                .isEqualTo("127.0.0.1"));
            }
        }
    }

    @Test
    void everyContainerTellsThePinnedImageThatItRunsById() {
        for (RegisterResourceRequest each : of(CONTAINER)) {
            // A helper runs its service's image.
            String service = each.getName().replaceFirst("^unit-", "").replaceFirst("-(unsealer|pruner)$", "");
            assertThat(each.getObject().getFieldsMap().get("labels").toString())
                    .contains("dev.foundation.image", "test.local/" + service + ":1");
        }
    }

    @Test
    void theBackupGetsTheOffSiteWritersCredentialsAndTheVerifierTheReaders() {
        assertThat(data("unit-vault-content-backup-backup"))
                .contains("seal-signing-key-text", "writer-access-key-text", "writer-secret-key-text")
                .doesNotContain("reader-");
        assertThat(data("unit-vault-content-backup-verify"))
                .contains(StackFixture.IDENTITY, "reader-access-key-text", "reader-secret-key-text")
                .doesNotContain("writer-");
    }

    @Test
    void theAgentSeesItsSourcesReadOnlyAndThePrunerSeesNone() {
        String agent = container("unit-backup").get("volumes").toString();
        for (String source :
                List.of("/source/forgejo", "/source/pulumi", "/source/repository", "/job", "/run/secrets")) {
            assertThat(mount("unit-backup", source).getFieldsOrThrow("readOnly").getBoolValue())
                    .as(source)
                    .isTrue();
        }
        assertThat(agent).contains("/off-site", "/locks").doesNotContain("docker.sock");
        assertThat(container("unit-backup-pruner").get("volumes").toString()).doesNotContain("/source");
        assertThat(container("unit-backup").get("memory").getNumberValue()).isEqualTo(512);
    }

    @Test
    void theAgentMayNotDeleteAndThePrunerMayNotWrite() {
        assertThat(grants("unit-s3-user-backup-agent"))
                .contains("foundation-backups", "write", "read")
                .doesNotContain("delete", "purge");
        assertThat(grants("unit-s3-user-backup-pruner"))
                .contains("foundation-backups", "delete", "purge")
                .doesNotContain("write", "forgejo");
        assertThat(data("unit-vault-content-backup-prune"))
                .doesNotContain("seal-signing-key-text", "blob-name-key", "writer-");
    }

    private static String grants(String user) {
        return of("foundation:index:S3User").stream()
                .filter(each -> each.getName().equals(user))
                .findFirst()
                .orElseThrow()
                .getObject()
                .getFieldsOrThrow("grants")
                .toString();
    }

    private static Map<String, Value> container(String name) {
        return of(CONTAINER).stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getObject()
                .getFieldsMap();
    }

    private static com.google.protobuf.Struct mount(String container, String path) {
        return container(container).get("volumes").getListValue().getValuesList().stream()
                .map(Value::getStructValue)
                .filter(each ->
                        each.getFieldsOrThrow("containerPath").getStringValue().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static String data(String credential) {
        return of("vault:kv/secretV2:SecretV2").stream()
                .filter(each -> each.getName().equals(credential))
                .findFirst()
                .orElseThrow()
                .getObject()
                .getFieldsOrThrow("dataJson")
                .toString();
    }

    @Test
    void theChoicesUnderTheDataStandBeforeTheServersThatWriteIt() {
        assertThat(names("foundation:index:FixedChoice"))
                .containsExactlyInAnyOrder("unit-s3-engine", "unit-forgejo-product");
        assertThat(ancestors("unit-s3")).contains("unit-s3-engine");
        assertThat(ancestors("unit-forgejo")).contains("unit-forgejo-product");
    }

    @Test
    void onlyTheRunnerTouchesDocker() {
        assertThat(of(CONTAINER).stream()
                        .filter(each -> each.getObject().toString().contains("docker.sock"))
                        .map(RegisterResourceRequest::getName))
                .containsExactly("unit-runner");
    }

    @Test
    void vaultsInitialisationIsGivenTheNewestUnsealKeysAsASecret() {
        Value keys = of("foundation:index:VaultInit").getFirst().getObject().getFieldsOrThrow("unsealKeys");
        assertThat(RecordingMonitor.isSecret(keys)).isTrue();
        assertThat(keys.toString()).contains("unseal-key-0").doesNotContain("unseal-key-older");
    }

    @Test
    void whatHoldsDataOrKeysIsProtected() {
        Predicate<RegisterResourceRequest> mustBe = each -> each.getType().endsWith(":VaultInit")
                || each.getType().endsWith(":RandomSecret")
                || each.getType().endsWith(":S3Bucket")
                || each.getType().endsWith(":PostgresDatabase")
                || each.getType().endsWith(":Volume") && each.getName().matches(".*-(data|audit)");
        List<RegisterResourceRequest> found =
                resources.values().stream().filter(mustBe).toList();
        assertThat(found).hasSizeGreaterThan(15).allMatch(RegisterResourceRequest::getProtect);
    }

    @Test
    void whenDownOnlyTheContainersAreGone() throws Exception {
        Set<String> up = new HashSet<>(resources.keySet());
        Set<String> down;
        try (RecordingMonitor monitor = new RecordingMonitor(false)) {
            monitor.run(StackFixture.class, "down");
            down = monitor.byUrn().keySet();
        }
        assertThat(up).containsAll(down);
        up.removeAll(down);
        assertThat(up).isNotEmpty().allMatch(urn -> urn.contains(CONTAINER));
    }

    @Test
    void aFirstPreviewGoesThroughWithEverythingComputedStillUnknown() throws Exception {
        try (RecordingMonitor monitor = new RecordingMonitor(true)) {
            monitor.run(StackFixture.class, "everything");
            assertThat(monitor.byUrn().keySet()).isEqualTo(resources.keySet());
        }
    }

    @Test
    void anOffSiteBucketOnAwsKeepsVersionsLocksThemAndOutlivesTheStack() throws Exception {
        try (RecordingMonitor monitor = new RecordingMonitor(false)) {
            monitor.run(StackFixture.class, "aws");
            List<RegisterResourceRequest> aws = monitor.registrations.stream()
                    .filter(each -> each.getType().startsWith("aws:"))
                    .toList();
            assertThat(aws)
                    .hasSize(5)
                    .allMatch(each -> each.getProtect() && each.getRetainOnDelete())
                    .allMatch(each -> each.getProvider().contains("unit-off-site-provider"));
            assertThat(aws.toString())
                    .contains("objectLockEnabled", "Enabled", "COMPLIANCE")
                    .doesNotContain("expiration");
            assertThat(inputs(aws, "BucketPublicAccessBlock"))
                    .containsEntry("blockPublicAcls", on())
                    .containsEntry("blockPublicPolicy", on())
                    .containsEntry("ignorePublicAcls", on())
                    .containsEntry("restrictPublicBuckets", on());
            // Nothing but uploads that nobody ended ever goes by itself (P3).
            Value rule = inputs(aws, "BucketLifecycleConfigurationV2")
                    .get("rules")
                    .getListValue()
                    .getValues(0);
            assertThat(rule.getStructValue().getFieldsMap().keySet())
                    .containsExactlyInAnyOrder("id", "status", "filter", "abortIncompleteMultipartUpload");
            assertThat(rule.getStructValue()
                            .getFieldsOrThrow("abortIncompleteMultipartUpload")
                            .getStructValue()
                            .getFieldsOrThrow("daysAfterInitiation")
                            .getNumberValue())
                    .isEqualTo(7);
        }
    }

    private static Map<String, Value> inputs(List<RegisterResourceRequest> all, String type) {
        return all.stream()
                .filter(each -> each.getType().endsWith(":" + type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type + " in " + all))
                .getObject()
                .getFieldsMap();
    }

    private static Value on() {
        return Value.newBuilder().setBoolValue(true).build();
    }

    private static Value withoutSecrets(Value value) {
        if (RecordingMonitor.isSecret(value)) {
            return Value.getDefaultInstance();
        }
        if (value.hasStructValue()) {
            var copy = value.getStructValue().toBuilder();
            value.getStructValue().getFieldsMap().forEach((key, each) -> copy.putFields(key, withoutSecrets(each)));
            return Value.newBuilder().setStructValue(copy).build();
        }
        if (value.hasListValue()) {
            var copy = value.getListValue().toBuilder().clearValues();
            value.getListValue().getValuesList().forEach(each -> copy.addValues(withoutSecrets(each)));
            return Value.newBuilder().setListValue(copy).build();
        }
        return value;
    }

    private static List<RegisterResourceRequest> of(String type) {
        return resources.values().stream()
                .filter(each -> each.getType().equals(type))
                .toList();
    }

    private static List<String> names(String type) {
        return of(type).stream().map(RegisterResourceRequest::getName).toList();
    }

    private static Set<String> ancestors(String name) {
        return new Graph(resources).ancestors(name);
    }
}
