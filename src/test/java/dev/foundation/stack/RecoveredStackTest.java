package dev.foundation.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The order of a recovery is a graph, not a convention (R3.1, R3.2, invariant 4). */
@Timeout(120)
final class RecoveredStackTest {
    /** Each must come before the other, whatever lies between them. */
    private static final List<List<String>> ORDER = List.of(
            List.of("unit-vault", "unit-vault-restore"),
            List.of("unit-vault-restore", "unit-vault-init"),
            List.of("unit-vault-restore", "unit-vault-content-provider"),
            List.of("unit-vault-restore", "unit-vault-content-forgejo-database"),
            List.of("unit-vault-restore", "unit-vault-content-backup-secret-id"),
            List.of("unit-postgres", "unit-postgres-restore"),
            List.of("unit-postgres-restore", "unit-postgres-role-forgejo"),
            List.of("unit-postgres-restore", "unit-postgres-database-forgejo"),
            List.of("unit-postgres-restore", "unit-postgres-reader-foundation_backup"),
            List.of("unit-s3", "unit-s3-restore"),
            List.of("unit-s3-bucket-forgejo-lfs", "unit-s3-restore"),
            List.of("unit-s3-bucket-forgejo-packages", "unit-s3-restore"),
            List.of("unit-s3-bucket-forgejo-artifacts", "unit-s3-restore"),
            List.of("unit-forgejo-data", "unit-forgejo-restore"),
            List.of("unit-vault-restore", "unit-forgejo"),
            List.of("unit-postgres-restore", "unit-forgejo"),
            List.of("unit-s3-restore", "unit-forgejo"),
            List.of("unit-forgejo-restore", "unit-forgejo"),
            List.of("unit-forgejo", "unit-forgejo-repair"),
            List.of("unit-forgejo-repair", "unit-forgejo-admin"),
            List.of("unit-forgejo-repair", "unit-runner"),
            List.of("unit-forgejo-repair", "unit-backup"));

    private static Graph graph;
    private static Graph never;

    @BeforeAll
    static void runThePrograms() throws Exception {
        graph = graph("recovered");
        never = graph("everything");
    }

    private static Graph graph(String spec) throws Exception {
        try (RecordingMonitor monitor = new RecordingMonitor(false)) {
            monitor.run(StackFixture.class, spec);
            return new Graph(monitor.byUrn());
        }
    }

    @Test
    void everyStepComesBeforeWhateverNeedsIt() {
        assertThat(broken(graph)).isEmpty();
    }

    @Test
    void withoutOneEdgeOfForgejosTheOrderIsBroken() {
        int cut = 0;
        for (String step :
                List.of("unit-vault-restore", "unit-postgres-restore", "unit-s3-restore", "unit-forgejo-restore")) {
            Graph less = graph.without("unit-forgejo", step);
            boolean otherWay = less.ancestors("unit-forgejo").contains(step);
            // Vault's and Postgres's steps are also behind what Forgejo waits for anyway; the other two hang on this
            // edge alone.
            assertThat(otherWay || broken(less).toString().contains(step))
                    .as(step)
                    .isTrue();
            cut += otherWay ? 0 : 1;
        }
        assertThat(cut).isEqualTo(2);
        assertThat(broken(graph.without("unit-vault-init", "unit-vault-restore"))
                        .toString())
                .contains("unit-vault-restore before unit-vault-init");
        assertThat(broken(graph.without("unit-s3-restore", "unit-s3-bucket-forgejo-lfs"))
                        .toString())
                .contains("unit-s3-bucket-forgejo-lfs before unit-s3-restore");
    }

    private static List<String> broken(Graph graph) {
        List<String> broken = new ArrayList<>();
        for (List<String> pair : ORDER) {
            if (!graph.ancestors(pair.getLast()).contains(pair.getFirst())) {
                broken.add(pair.getFirst() + " before " + pair.getLast());
            }
        }
        return broken;
    }

    @Test
    void aFoundationThatNeverWasRecoveredHasNoStepAndARecoveredOneNothingElseMore() {
        Set<String> more = new TreeSet<>(graph.resources().keySet());
        more.removeAll(never.resources().keySet());
        assertThat(more.stream().map(urn -> urn.substring(urn.lastIndexOf("::") + 2)))
                .containsExactlyInAnyOrder(
                        "unit-vault-restore",
                        "unit-postgres-restore",
                        "unit-s3-restore",
                        "unit-forgejo-restore",
                        "unit-forgejo-repair");
        assertThat(graph.resources().keySet()).containsAll(never.resources().keySet());
    }

    @Test
    void theStepsSayWhichPointAndTheVaultIsToldWhereItCameFrom() {
        graph.resources().values().stream()
                .filter(each -> each.getName().endsWith("-restore"))
                .forEach(each -> assertThat(
                                each.getObject().getFieldsOrThrow("source").toString())
                        .as(each.getName())
                        .contains("20261121T030000Z", "/state/recovery"));
        assertThat(graph.resources().values().stream()
                        .filter(each -> each.getName().equals("unit-vault-init"))
                        .findFirst()
                        .orElseThrow()
                        .getObject()
                        .getFieldsOrThrow("restoredFrom")
                        .getStringValue())
                .isEqualTo("20261121T030000Z");
    }

    @Test
    void theAgentSealsWithTheEpochOfTheRecovery() {
        assertThat(epoch(graph)).isEqualTo(2);
        assertThat(epoch(never)).isEqualTo(1);
    }

    private static double epoch(Graph of) {
        return of.resources().values().stream()
                .filter(each -> each.getType().equals("foundation:index:BackupJob"))
                .findFirst()
                .orElseThrow()
                .getObject()
                .getFieldsOrThrow("job")
                .getStructValue()
                .getFieldsOrThrow("epoch")
                .getNumberValue();
    }

    /** S1: the state of the point fits, and nothing on Docker is the foundation's own. */
    @Test
    void aScratchEnvironmentHasTheSameResourcesUnderOtherNamesOnDockerAndANetworkThatLeadsNowhere() throws Exception {
        Graph scratch = graph("scratch");
        for (var each : scratch.resources().values()) {
            if (each.getType().matches("docker:index/(container:Container|volume:Volume|network:Network)")) {
                assertThat(each.getName()).startsWith("unit-").doesNotContain("proof");
                assertThat(each.getObject().getFieldsOrThrow("name").getStringValue())
                        .startsWith("unit-proof-");
            }
        }
        assertThat(scratch.resources().values().stream()
                        .filter(each -> each.getType().equals("docker:index/network:Network"))
                        .findFirst()
                        .orElseThrow()
                        .getObject()
                        .toString())
                .contains("enable_ip_masquerade", "false");
        assertThat(scratch.names("foundation:index:ForgejoPush")).isEmpty();
    }

    @Test
    void downTakesTheContainersAndLeavesTheSteps() throws Exception {
        Set<String> down = graph("recovered-down").resources().keySet();
        assertThat(down.stream().filter(urn -> urn.contains("Restore::"))).hasSize(4);
        assertThat(down.stream().filter(urn -> urn.contains("/container:Container")))
                .isEmpty();
    }
}
