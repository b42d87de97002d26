package dev.foundation.plugin.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.plugin.ResourceHandler.Created;
import dev.foundation.plugin.ResourceHandler.Current;
import dev.foundation.testing.VaultServer;
import dev.foundation.vault.InitialKeys;
import dev.foundation.vault.VaultClient;
import dev.foundation.vault.VaultException;
import dev.foundation.vault.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each served type against one real Vault: created, created again, found unchanged, changed outside, updated, deleted twice, gone. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class VaultTypesIT {
    private final QuietRun run = new QuietRun();
    private VaultServer server;
    private VaultClient root;
    private Connection connection;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = VaultServer.start(folder);
        var client = new VaultClient(server.address(), () -> "");
        var waiting = new Waiting(client.seal(), server.address().toString(), Duration.ofSeconds(30), run::info);
        assertThat(waiting.forAnswer().initialised()).isFalse();
        InitialKeys keys = client.seal().initialise(1, 1);
        assertThat(client.seal().unseal(keys.unsealKeys()).sealed()).isFalse();
        assertThat(waiting.forActive().clusterId()).isPresent();
        root = client.withToken(keys::rootToken);
        connection = new Connection(Map.of("address", server.address().toString(), "token", keys.rootToken()));
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void mounts() throws Exception {
        var mount = new Mount(connection);
        var inputs = mount("m", "first", Optional.of(Map.of("version", "2")));
        var made = mount.create(inputs, run);
        assertThat(made.id()).isEqualTo("m");
        assertThat(mount.create(inputs, run)).isEqualTo(made);
        assertUnchanged(mount.read("m", known(inputs, made)), inputs, made);
        assertThat(mount.read("m", Optional.empty()).get().inputs()).isEqualTo(inputs);

        root.system().tuneMount("m", Map.of("description", "by hand"));
        assertThat(mount.read("m", known(inputs, made)).get().inputs().description())
                .contains("by hand");
        var changed = mount("m", "second", Optional.of(Map.of("version", "2")));
        var updated = mount.update("m", new Current<>(inputs, made.outputs()), changed, run);
        assertUnchanged(
                mount.read("m", Optional.of(new Current<>(changed, updated))), changed, new Created<>("m", updated));
        assertThatThrownBy(() ->
                        mount.update("m", new Current<>(inputs, made.outputs()), mount("n", "", Optional.empty()), run))
                .hasMessageContaining("vault secrets move");
        assertThatThrownBy(() -> mount.create(new Mount.Inputs("m", "transit", none(), none(), none(), none()), run))
                .hasMessageContaining("is there already");
        for (int i = 0; i < 2; i++) {
            mount.delete("m", new Current<>(inputs, made.outputs()), run);
        }
        assertThat(mount.read("m", known(inputs, made))).isEmpty();
    }

    @Test
    void mountsByVaultsShortNameOfATypeDoNotDrift() throws Exception {
        var mount = new Mount(connection);
        var inputs = new Mount.Inputs("short", "kv-v2", none(), none(), none(), Optional.of(7200));
        var made = mount.create(inputs, run);
        assertUnchanged(mount.read("short", known(inputs, made)), inputs, made);
        assertThat(mount.create(inputs, run)).isEqualTo(made);
    }

    @Test
    void policies() throws Exception {
        var policy = new Policy(connection);
        var inputs = new Policy.Inputs("p", "path \"a/*\" {\n  capabilities = [\"read\"]\n}\n");
        var made = policy.create(inputs, run);
        assertThat(made.id()).isEqualTo("p");
        assertUnchanged(policy.read("p", known(inputs, made)), inputs, made);
        var changed = new Policy.Inputs("p", "path \"b/*\" { capabilities = [\"list\"] }");
        assertThat(policy.update("p", new Current<>(inputs, made.outputs()), changed, run))
                .isNotNull();
        assertThat(policy.read("p", known(inputs, made)).get().inputs()).isEqualTo(changed);
        assertThatThrownBy(() -> policy.create(new Policy.Inputs("bad", "path {"), run))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("sys/policies/acl/bad");
        for (int i = 0; i < 2; i++) {
            policy.delete("p", new Current<>(inputs, made.outputs()), run);
        }
        assertThat(policy.read("p", known(inputs, made))).isEmpty();
    }

    @Test
    void authMethodsRolesAndSecretIds() throws Exception {
        var backend = new AuthBackend(connection);
        var backendInputs = new AuthBackend.Inputs("approle", Optional.of("services"), Optional.of("d"));
        var backendMade = backend.create(backendInputs, run);
        assertThat(backendMade.id()).isEqualTo("services");
        assertThat(backend.create(backendInputs, run)).isEqualTo(backendMade);
        assertUnchanged(backend.read("services", known(backendInputs, backendMade)), backendInputs, backendMade);

        var role = new AuthBackendRole(connection);
        var inputs = role(Optional.of(List.of("zeta", "alpha")), Optional.of(600));
        var made = role.create(inputs, run);
        assertThat(made.id()).isEqualTo("auth/services/role/forgejo");
        assertThat(role.create(inputs, run)).isEqualTo(made);
        assertUnchanged(role.read(made.id(), known(inputs, made)), inputs, made);
        root.appRole("services").writeRole("forgejo", Map.of("token_num_uses", 9));
        assertThat(role.read(made.id(), known(inputs, made)).get().inputs().tokenNumUses())
                .contains(9);
        var changed = role(Optional.empty(), Optional.empty());
        var updated = role.update(made.id(), new Current<>(inputs, made.outputs()), changed, run);
        assertUnchanged(
                role.read(made.id(), Optional.of(new Current<>(changed, updated))),
                changed,
                new Created<>(made.id(), updated));

        var secretId = new AuthBackendRoleSecretId(connection);
        var secretInputs = new AuthBackendRoleSecretId.Inputs(
                "forgejo", Optional.of("services"), Optional.of("{\"for\": \"test\"}"), none());
        var issued = secretId.create(secretInputs, run);
        assertThat(issued.id()).matches("backend=services::role=forgejo::accessor=[0-9a-f-]{36}");
        assertThat(root.appRole("services")
                        .login(made.outputs().roleId(), issued.outputs().secretId()))
                .isNotEmpty();
        assertUnchanged(secretId.read(issued.id(), known(secretInputs, issued)), secretInputs, issued);
        assertThatThrownBy(() -> secretId.read(issued.id(), Optional.empty())).hasMessageContaining("only once");
        for (int i = 0; i < 2; i++) {
            secretId.delete(issued.id(), new Current<>(secretInputs, issued.outputs()), run);
        }
        assertThat(secretId.read(issued.id(), known(secretInputs, issued))).isEmpty();
        assertThatThrownBy(() -> root.appRole("services")
                        .login(made.outputs().roleId(), issued.outputs().secretId()))
                .isInstanceOf(VaultException.class)
                .message()
                .doesNotContain(issued.outputs().secretId());

        for (int i = 0; i < 2; i++) {
            role.delete(made.id(), new Current<>(inputs, made.outputs()), run);
        }
        assertThat(role.read(made.id(), known(inputs, made))).isEmpty();
        for (int i = 0; i < 2; i++) {
            backend.delete("services", new Current<>(backendInputs, backendMade.outputs()), run);
        }
        assertThat(backend.read("services", known(backendInputs, backendMade))).isEmpty();
        assertThat(role.read(made.id(), known(inputs, made))).isEmpty();
        assertThat(secretId.read(issued.id(), known(secretInputs, issued))).isEmpty();
    }

    @Test
    void secretsAndTheirEngine() throws Exception {
        var mount = new Mount(connection);
        var mounted = mount.create(mount("kv", "", Optional.of(Map.of("version", "2"))), run);
        var engine = new SecretBackendV2(connection);
        var engineInputs = new SecretBackendV2.Inputs("kv", Optional.of(5), none(), Optional.of(5400));
        var engineMade = engine.create(engineInputs, run);
        assertThat(engineMade.id()).isEqualTo("kv/config");
        assertUnchanged(engine.read("kv/config", known(engineInputs, engineMade)), engineInputs, engineMade);

        var secret = new SecretV2(connection);
        var inputs = secret("{\"user\": \"u\", \"port\": 5432}", true);
        var made = secret.create(inputs, run);
        assertThat(made.id()).isEqualTo("kv/data/postgres/admin-credentials");
        assertThat(made.outputs().path()).isEqualTo(made.id());
        assertThat(made.outputs().data()).isEqualTo(Map.of("user", "u", "port", "5432"));
        assertThat(made.outputs().metadata()).containsEntry("version", "1");
        assertThat(secret.create(inputs, run).outputs().metadata()).containsEntry("version", "1");
        assertUnchanged(secret.read(made.id(), known(inputs, made)), inputs, made);
        var imported = secret.read(made.id(), Optional.empty()).get().inputs();
        assertThat(Json.same(imported.dataJson(), inputs.dataJson())).isTrue();
        assertThat(secret.isSettled("dataJson", secret("{\"port\":5432,\"user\":\"u\"}", true), made.outputs()))
                .isTrue();

        root.keyValue("kv").write("postgres/admin-credentials", Map.of("user", "by hand"), Map.of());
        assertThat(secret.read(made.id(), known(inputs, made)).get().inputs().dataJson())
                .contains("by hand");
        var changed = secret("{\"user\": \"v\"}", true);
        var updated = secret.update(made.id(), new Current<>(inputs, made.outputs()), changed, run);
        assertThat(updated.metadata()).containsEntry("version", "3");

        var current = new Current<>(changed, updated);
        var soft = secret("{\"user\": \"v\"}", false);
        secret.delete(made.id(), new Current<>(soft, updated), run);
        assertThat(secret.read(made.id(), Optional.of(current))).isEmpty();
        assertThat(root.keyValue("kv").list("postgres")).containsExactly("admin-credentials");
        for (int i = 0; i < 2; i++) {
            secret.delete(made.id(), current, run);
        }
        assertThat(root.keyValue("kv").list("postgres")).isEmpty();

        engine.delete("kv/config", new Current<>(engineInputs, engineMade.outputs()), run);
        assertThat(engine.read("kv/config", Optional.empty()).get().inputs().maxVersions())
                .isEmpty();
        mount.delete("kv", new Current<>(mount("kv", "", none()), mounted.outputs()), run);
        assertThat(secret.read(made.id(), Optional.of(current))).isEmpty();
        assertThat(engine.read("kv/config", known(engineInputs, engineMade))).isEmpty();
        engine.delete("kv/config", new Current<>(engineInputs, engineMade.outputs()), run);
    }

    @Test
    void auditDevices(@TempDir Path logs) throws Exception {
        var audit = new Audit(connection);
        var options = Map.of("file_path", logs.resolve("audit.log").toString(), "mode", "0600");
        var inputs = new Audit.Inputs("file", options, Optional.of("to-file"), Optional.of("first"), none());
        var made = audit.create(inputs, run);
        assertThat(made.id()).isEqualTo("to-file");
        assertThat(Files.readString(logs.resolve("audit.log"))).isNotEmpty();
        assertThat(audit.create(inputs, run)).isEqualTo(made);
        assertUnchanged(audit.read("to-file", known(inputs, made)), inputs, made);
        assertThatThrownBy(() -> audit.create(
                        new Audit.Inputs("file", Map.of("file_path", "stdout"), Optional.of("to-file"), none(), none()),
                        run))
                .hasMessageContaining("another one is there already");
        for (int i = 0; i < 2; i++) {
            audit.delete("to-file", new Current<>(inputs, made.outputs()), run);
        }
        assertThat(audit.read("to-file", known(inputs, made))).isEmpty();
    }

    @Test
    void aRoleMayDoWhatItsPolicyAllowsAndNothingElse() throws Exception {
        var mounted = new Mount(connection).create(mount("rights", "", Optional.of(Map.of("version", "2"))), run);
        assertThat(mounted.id()).isEqualTo("rights");
        var secrets = new SecretV2(connection);
        for (String name : List.of("forgejo/db-credentials", "postgres/admin-credentials")) {
            assertThat(secrets.create(new SecretV2.Inputs("rights", name, "{\"a\":\"b\"}", none()), run))
                    .isNotNull();
        }
        assertThat(new Policy(connection)
                        .create(
                                new Policy.Inputs(
                                        "forgejo", "path \"rights/data/forgejo/*\" { capabilities = [\"read\"] }"),
                                run))
                .isNotNull();
        assertThat(new AuthBackend(connection)
                        .create(new AuthBackend.Inputs("approle", none(), none()), run)
                        .id())
                .isEqualTo("approle");
        var role = new AuthBackendRole(connection)
                .create(
                        new AuthBackendRole.Inputs(
                                "least",
                                none(),
                                none(),
                                none(),
                                none(),
                                none(),
                                Optional.of(List.of("forgejo")),
                                none(),
                                none(),
                                none(),
                                none(),
                                none(),
                                none(),
                                none()),
                        run);
        var secretId = new AuthBackendRoleSecretId(connection)
                .create(new AuthBackendRoleSecretId.Inputs("least", none(), none(), none()), run);
        var rights = LeastRights.of(
                root.appRole("approle"),
                role.outputs().roleId(),
                secretId.outputs().secretId(),
                root);
        assertThat(rights.of("rights/data/forgejo/db-credentials")).containsExactly("read");
        assertThat(rights.of("rights/data/postgres/admin-credentials")).containsExactly("deny");
        assertThat(rights.of("rights/metadata/forgejo")).containsExactly("deny");
        assertThat(rights.of("sys/mounts")).containsExactly("deny");
    }

    @Test
    void aProviderWithoutAddressSaysSo() {
        assertThatThrownBy(() -> new Policy(new Connection(Map.of())).read("p", Optional.empty()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("vault:address");
    }

    @Test
    void aWrongTokenIsAFailureAndNeverGone() {
        var wrong = new Connection(Map.of("address", server.address().toString(), "token", "hvs.wrong"));
        assertThatThrownBy(() -> new SecretV2(wrong).read("nowhere/data/x", Optional.empty()))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.kind()).isEqualTo(VaultException.Kind.DENIED))
                .message()
                .doesNotContain("hvs.wrong");
    }

    private static <I extends Record, O extends Record> void assertUnchanged(
            Optional<Current<I, O>> found, I inputs, Created<O> made) {
        assertThat(found).contains(new Current<>(inputs, made.outputs()));
    }

    private static <I extends Record, O extends Record> Optional<Current<I, O>> known(I inputs, Created<O> made) {
        return Optional.of(new Current<>(inputs, made.outputs()));
    }

    private static Mount.Inputs mount(String path, String description, Optional<Map<String, String>> options) {
        return new Mount.Inputs(
                path, "kv", description.isEmpty() ? none() : Optional.of(description), options, none(), none());
    }

    private static AuthBackendRole.Inputs role(Optional<List<String>> policies, Optional<Integer> ttl) {
        return new AuthBackendRole.Inputs(
                "forgejo",
                Optional.of("services"),
                none(),
                none(),
                none(),
                none(),
                policies,
                ttl,
                none(),
                none(),
                none(),
                none(),
                none(),
                none());
    }

    private static SecretV2.Inputs secret(String json, boolean all) {
        return new SecretV2.Inputs("kv", "postgres/admin-credentials", json, Optional.of(all));
    }

    private static <T> Optional<T> none() {
        return Optional.empty();
    }
}
