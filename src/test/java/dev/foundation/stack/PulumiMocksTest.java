package dev.foundation.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.core.Output;
import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import com.pulumi.test.TestResult;
import dev.foundation.spec.FoundationSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The program in this process, under Pulumi's own mocks (R1.4). What they do not show, edges and secrets, {@link FoundationStackTest} does. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class PulumiMocksTest {
    private final Queue<Mocks.ResourceArgs> made = new ConcurrentLinkedQueue<>();

    /** Inputs come back, with the computed outputs that others read. */
    private CompletableFuture<Mocks.ResourceResult> make(Mocks.ResourceArgs args) {
        made.add(args);
        Map<String, Object> state = new HashMap<>(args.inputs);
        switch (args.type) {
            case "docker:index/remoteImage:RemoteImage" -> state.put("imageId", "sha256:image");
            case "foundation:index:RandomSecret" -> state.put("value", "random-0123456789abcdef");
            case "foundation:index:AgeIdentity" -> state.put("recipient", "age1recipient");
            case "foundation:index:VolumeFiles" -> state.put("digest", "digest");
            case "foundation:index:VaultInit" ->
                state.putAll(Map.of("unsealKeys", List.of("1", "2", "3", "4", "5"), "rootToken", "root"));
            case "vault:kv/secretV2:SecretV2" -> state.put("data", data(args.inputs.get("dataJson")));
            default -> {
                // nothing that others read
            }
        }
        return CompletableFuture.completedFuture(
                Mocks.ResourceResult.of(Optional.of("id-" + args.name), Map.copyOf(state)));
    }

    private static Map<String, Object> data(Object json) {
        try {
            return new ObjectMapper().readValue(String.valueOf(json), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new AssertionError("dataJson is no JSON object", e);
        }
    }

    private TestResult run(FoundationSpec spec, boolean preview) throws Exception {
        return PulumiTest.withMocks(this::make)
                .withOptions(TestOptions.builder().preview(preview).build())
                .runTestAsync(context -> FoundationStack.declare(
                        context,
                        spec,
                        Specs.IMAGES,
                        Specs.HOST,
                        new StackSecrets(
                                Map.of(StackSecrets.BACKUP_AGE_IDENTITY, Output.ofSecret("AGE-SECRET-KEY-TEST")))))
                .get(50, TimeUnit.SECONDS)
                .throwOnError();
    }

    private List<String> namesOf(String type) {
        return made.stream()
                .filter(each -> each.type.equals(type))
                .map(each -> each.name)
                .toList();
    }

    @AfterEach
    void forgetTheDeployment() {
        PulumiTest.cleanup();
    }

    @Test
    void theWholeProgramIsDeclaredOnceEachUnderItsInstancesName() throws Exception {
        TestResult result = run(Specs.everything(), false);
        assertThat(result.errors()).isEmpty();
        assertThat(namesOf("docker:index/container:Container"))
                .containsExactlyInAnyOrder(
                        "unit-vault", "unit-vault-unsealer", "unit-postgres", "unit-s3", "unit-forgejo", "unit-runner");
        assertThat(namesOf("docker:index/network:Network")).containsExactly("unit-net");
        assertThat(namesOf("foundation:index:VaultInit")).containsExactly("unit-vault-init");
        assertThat(namesOf("foundation:index:S3Bucket")).contains("unit-s3-bucket-forgejo-lfs");
        assertThat(made.stream()
                        .collect(Collectors.groupingBy(each -> each.type + " " + each.name, Collectors.counting()))
                        .entrySet())
                .hasSizeGreaterThan(80)
                .allSatisfy(
                        each -> assertThat(each.getValue()).as(each.getKey()).isEqualTo(1));
        assertThat(PulumiTest.extractValue(result.output("instance", String.class)))
                .isEqualTo("unit");
    }

    @Test
    void aPreviewDeclaresTheSameResources() throws Exception {
        run(Specs.everything(), false);
        List<String> real =
                made.stream().map(each -> each.type + " " + each.name).sorted().toList();
        made.clear();
        PulumiTest.cleanup();
        run(Specs.everything(), true);
        assertThat(made.stream()
                        .map(each -> each.type + " " + each.name)
                        .sorted()
                        .toList())
                .isEqualTo(real);
    }

    @Test
    void whenDownNoContainerIsDeclared() throws Exception {
        run(Specs.down(), false);
        assertThat(namesOf("docker:index/container:Container")).isEmpty();
        assertThat(namesOf("docker:index/volume:Volume")).isNotEmpty();
    }

    @Test
    void theOffSiteBucketOnAwsIsDeclaredWithItsGuards() throws Exception {
        run(Specs.withAws(), false);
        assertThat(made.stream().map(each -> each.type).filter(type -> type.startsWith("aws:")))
                .hasSize(5);
    }
}
