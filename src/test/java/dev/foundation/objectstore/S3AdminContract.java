package dev.foundation.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.objectstore.Grant.Action;
import dev.foundation.plugin.Patience;
import dev.foundation.testing.RecordingRun;
import dev.foundation.testing.S3Server;
import dev.foundation.testing.Tools;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link S3Admin} promises, asked of a real server of each engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
abstract class S3AdminContract {
    private static final String SECRET = "a-secret-of-enough-length";
    private final S3Engine engine;
    private S3Server server;
    private S3Admin admin;
    private S3Buckets buckets;

    S3AdminContract(S3Engine engine) {
        this.engine = engine;
    }

    @BeforeAll
    void startServer(@TempDir Path folder) throws Exception {
        if (engine == S3Engine.VERSITYGW) {
            Tools.need(engine.toString());
        }
        boolean there = S3Server.available(engine);
        System.out.println(
                "S3Admin contract on " + engine + ": " + (there ? "runs" : "skipped, its binary is not here"));
        Assumptions.assumeTrue(there);
        server = S3Server.start(engine, folder);
        admin = S3Admin.of(engine, server.root());
        buckets = new S3Buckets(server.root());
        Patience.wait(Duration.ofSeconds(60), new RecordingRun(), ObjectStoreException::isTransient, buckets::list);
    }

    @AfterAll
    void stopServer() {
        if (server != null) {
            admin.close();
            buckets.close();
            server.close();
        }
    }

    private Trial as(String user) {
        return new Trial(server.root().as(user, SECRET));
    }

    @Test
    void aNewUserIsKnownByItsSecretAndHasNoRights() throws Exception {
        buckets.create("private", false);
        assertThat(admin.exists("newcomer")).isFalse();
        admin.put("newcomer", SECRET);
        assertThat(admin.exists("newcomer")).isTrue();
        assertThat(admin.accepts("newcomer", SECRET)).isTrue();
        assertThat(admin.accepts("newcomer", SECRET + "x")).isFalse();
        assertThat(admin.accepts("nobody", SECRET)).isFalse();
        assertThat(admin.grants("newcomer")).contains(List.of());
        assertThat(as("newcomer").allowed("private")).isEmpty();
    }

    @Test
    void everyCombinationOfActionsAllowsExactlyThose() throws Exception {
        buckets.create("shared", false);
        buckets.create("other", false);
        admin.put("worker", SECRET);
        for (var actions : subsets()) {
            admin.setGrants("worker", List.of(new Grant("shared", List.copyOf(actions))));
            assertThat(as("worker").allowed("shared")).as("granted %s", actions).isEqualTo(actions);
            assertThat(as("worker").allowed("other"))
                    .as("other bucket, granted %s", actions)
                    .isEmpty();
            assertThat(as("worker").mayCreateBucket("fresh-bucket")).isFalse();
            assertThat(as("worker").mayDeleteBucket("shared")).isFalse();
        }
    }

    private static List<Set<Action>> subsets() {
        return List.of(
                EnumSet.of(Action.READ),
                EnumSet.of(Action.WRITE),
                EnumSet.of(Action.LIST),
                EnumSet.of(Action.DELETE),
                EnumSet.of(Action.READ, Action.WRITE, Action.LIST),
                EnumSet.of(Action.READ, Action.LIST),
                EnumSet.complementOf(EnumSet.of(Action.PURGE)));
    }

    @Test
    void grantsReadBackAsTheyWereGiven() throws Exception {
        buckets.create("first", false);
        buckets.create("second", false);
        admin.put("reader", SECRET);
        var grants = List.of(
                new Grant("first", List.of(Action.LIST, Action.READ)), new Grant("second", List.of(Action.WRITE)));
        admin.setGrants("reader", grants);
        admin.setGrants("reader", grants);
        assertThat(admin.grants("reader")).contains(grants);
        admin.setGrants("reader", List.of(grants.get(1)));
        assertThat(admin.grants("reader")).contains(List.of(grants.get(1)));
        assertThat(as("reader").allowed("first")).isEmpty();
    }

    @Test
    void oneUsersRightsAreNotTouchedByAnothers() throws Exception {
        buckets.create("common", false);
        admin.put("alice", SECRET);
        admin.put("bob-the-second", SECRET);
        admin.setGrants("alice", List.of(new Grant("common", List.of(Action.READ))));
        admin.setGrants("bob-the-second", List.of(new Grant("common", List.of(Action.WRITE))));
        assertThat(as("alice").allowed("common")).containsExactly(Action.READ);
        admin.delete("bob-the-second");
        assertThat(as("alice").allowed("common")).containsExactly(Action.READ);
        assertThat(admin.grants("alice")).contains(List.of(new Grant("common", List.of(Action.READ))));
    }

    @Test
    void aDeletedUserIsGoneWithItsRights() throws Exception {
        buckets.create("left", false);
        admin.put("leaver", SECRET);
        admin.setGrants("leaver", List.of(new Grant("left", List.of(Action.READ))));
        admin.delete("leaver");
        admin.delete("leaver");
        assertThat(admin.exists("leaver")).isFalse();
        assertThat(admin.accepts("leaver", SECRET)).isFalse();
        admin.put("leaver", SECRET);
        assertThat(as("leaver").allowed("left")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"another-secret-of-length", "wei/rd+secret=&<>%?~!"})
    void aNewSecretReplacesTheOldOneAndKeepsTheRights(String secret) throws Exception {
        if (buckets.find("kept").isEmpty()) {
            buckets.create("kept", false);
        }
        admin.put("changer", SECRET);
        admin.setGrants("changer", List.of(new Grant("kept", List.of(Action.LIST))));
        admin.put("changer", secret);
        assertThat(admin.accepts("changer", SECRET)).isFalse();
        assertThat(admin.accepts("changer", secret)).isTrue();
        assertThat(admin.grants("changer")).contains(List.of(new Grant("kept", List.of(Action.LIST))));
    }

    @Test
    void deletingDoesNotReachOlderVersions() throws Exception {
        buckets.create("history", false);
        buckets.setVersioning("history", true);
        admin.put("cleaner", SECRET);
        admin.setGrants("cleaner", List.of(new Grant("history", List.of(Action.WRITE, Action.DELETE))));
        var version = as("cleaner").put("history", "kept");
        assertThat(as("cleaner").mayDeleteVersion("history", "kept", version)).isFalse();
        assertThat(as("cleaner").mayDelete("history", "kept")).isTrue();
        assertThat(buckets.isEmpty("history")).isFalse();
        buckets.empty("history", () -> {});
        assertThat(buckets.isEmpty("history")).isTrue();
    }

    @Test
    void purgingReachesThem() throws Exception {
        buckets.create("purged", false);
        buckets.setVersioning("purged", true);
        admin.put("pruner", SECRET);
        admin.setGrants("pruner", List.of(new Grant("purged", List.of(Action.DELETE, Action.PURGE))));
        admin.put("writer", SECRET);
        admin.setGrants("writer", List.of(new Grant("purged", List.of(Action.WRITE))));
        var version = as("writer").put("purged", "gone");
        assertThat(as("pruner").mayDeleteVersion("purged", "gone", version)).isTrue();
        assertThat(buckets.isEmpty("purged")).isTrue();
        assertThat(as("pruner").allowed("purged")).doesNotContain(Action.WRITE);
    }

    @Test
    void bucketsTellWhetherTheyHaveVersionsAndLocks() throws Exception {
        buckets.create("locked", true);
        assertThat(buckets.find("locked")).contains(new S3Buckets.State(true, true));
        buckets.create("plain", false);
        assertThat(buckets.find("plain")).contains(new S3Buckets.State(false, false));
        buckets.setVersioning("plain", true);
        assertThat(buckets.find("plain")).contains(new S3Buckets.State(true, false));
        assertThat(buckets.find("absent")).isEmpty();
        buckets.delete("plain");
        buckets.delete("plain");
        assertThat(buckets.find("plain")).isEmpty();
    }

    @Test
    void aWrongRootSecretIsRefusedAndNotShown() {
        try (var wrong = S3Admin.of(engine, server.root().as("test-root", "not-the-root-secret"))) {
            assertThatThrownBy(() -> wrong.put("someone", SECRET))
                    .isInstanceOf(ObjectStoreException.class)
                    .hasMessageContaining("someone")
                    .hasMessageNotContaining("not-the-root-secret")
                    .matches(e -> !((ObjectStoreException) e).isTransient());
        }
    }

    @Test
    void aServerThatIsNotThereMayComeYet() {
        var nowhere = new S3Access(URI.create("http://127.0.0.1:1"), "us-east-1", "a", "b");
        try (var absent = S3Admin.of(engine, nowhere)) {
            assertThatThrownBy(() -> absent.exists("someone"))
                    .isInstanceOf(IOException.class)
                    .matches(e -> ObjectStoreException.isTransient((IOException) e));
        }
    }
}
