package dev.foundation.stack;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.stack.binding.vault.Audit;
import dev.foundation.stack.binding.vault.AuthBackend;
import dev.foundation.stack.binding.vault.AuthBackendRole;
import dev.foundation.stack.binding.vault.AuthBackendRoleSecretId;
import dev.foundation.stack.binding.vault.Mount;
import dev.foundation.stack.binding.vault.Policy;
import dev.foundation.stack.binding.vault.SecretV2;
import dev.foundation.stack.binding.vault.VaultProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is in Vault: the mount {@code foundation} with every credential at {@code foundation/<service>/<type>-credentials} (R1.3), one policy
 * and one AppRole per service that reads no more than it needs, and two audit devices (R-4: Vault answers nothing when none can be written,
 * so standard output stands behind the file).
 */
final class VaultContent extends ComponentResource {
    static final String MOUNT = "foundation";
    private static final int TOKEN_SECONDS = 3600;

    private final FoundationSpec spec;
    private final VaultProvider provider;
    private final Mount mount;
    private final AuthBackend appRole;
    private final Audit audit;

    VaultContent(FoundationSpec spec, VaultServer server, ComponentResourceOptions options) {
        super("foundation:stack:VaultContent", spec.instance().named("vault-content"), options);
        this.spec = spec;
        provider = new VaultProvider(
                name("provider"),
                new VaultProvider.Args().address(server.address()).token(server.rootToken()),
                CustomResourceOptions.builder()
                        .parent(this)
                        .dependsOn(server.init())
                        .build());
        audit = new Audit(
                name("audit-file"),
                new Audit.Args()
                        .type("file")
                        .path("file")
                        .options(Map.of("file_path", VaultServer.AUDIT_FOLDER + "/audit.log"))
                        .description("Every request, secrets hashed"),
                options());
        new Audit(
                name("audit-stdout"),
                new Audit.Args()
                        .type("file")
                        .path("stdout")
                        .options(Map.of("file_path", "stdout"))
                        .description("The same on standard output, so that a full disk does not stop Vault"),
                // Not beside the first: Vault refuses what it cannot audit, and a device on its way in cannot yet.
                options(audit));
        mount = new Mount(
                name("mount"),
                new Mount.Args()
                        .path(MOUNT)
                        .type("kv")
                        .options(Map.of("version", "2"))
                        .description("The foundation's credentials"),
                options(audit));
        appRole = new AuthBackend(
                name("approle"),
                new AuthBackend.Args().type("approle").path("approle").description("One role per service"),
                options(audit));
        registerOutputs(Map.of("mount", mount.path()));
    }

    /**
     * One credential: {@code foundation/<service>/<type>-credentials}.
     *
     * @param values camelCase keys; the order counts for the diff, so give it always alike
     */
    SecretV2 credential(String service, String type, Map<String, Output<String>> values) {
        return new SecretV2(
                name(service + "-" + type),
                new SecretV2.Args()
                        .mount(mount.path())
                        .name(path(service, type))
                        .dataJson(Json.object(values).asSecret())
                        .deleteAllVersions(false),
                options(audit));
    }

    /** A role for one service that may read exactly these credentials, each given as {@code <service>/<type>}. */
    AuthBackendRole role(String service, List<String> readable) {
        return role(service, readable, "");
    }

    /** @param further rules of Vault's policy language, for what lies outside the credentials */
    AuthBackendRole role(String service, List<String> readable, String further) {
        String rules = further
                + readable.stream()
                        .map(each -> each.split("/", 2))
                        .map(each -> "path \"" + MOUNT + "/data/" + path(each[0], each[1])
                                + "\" {\n  capabilities = [\"read\"]\n}\n")
                        .collect(Collectors.joining());
        Policy policy = new Policy(
                name(service + "-policy"),
                new Policy.Args().name(spec.instance().named(service)).policy(rules),
                options(audit));
        return new AuthBackendRole(
                name(service + "-role"),
                new AuthBackendRole.Args()
                        .backend(appRole.path())
                        .roleName(spec.instance().named(service))
                        .tokenPolicies(policy.name().applyValue(List::of))
                        .tokenNoDefaultPolicy(true)
                        .tokenTtl(TOKEN_SECONDS)
                        .tokenMaxTtl(4 * TOKEN_SECONDS)
                        .bindSecretId(true),
                options(policy, appRole));
    }

    /**
     * What a service logs in with, as files: {@code role-id} and {@code secret-id}.
     *
     * @param further files beside them: what the service must know while Vault is silent
     */
    Output<Map<String, String>> login(String service, AuthBackendRole role, Map<String, Output<String>> further) {
        AuthBackendRoleSecretId secretId = new AuthBackendRoleSecretId(
                name(service + "-secret-id"),
                new AuthBackendRoleSecretId.Args().backend(appRole.path()).roleName(role.roleName()),
                options(role));
        Map<String, Output<String>> files = values("role-id", role.roleId(), "secret-id", secretId.secretId());
        files.putAll(further);
        return Json.all(files);
    }

    /** Keys of one credential in a fixed order. */
    static Map<String, Output<String>> values(Object... keysAndValues) {
        Map<String, Output<String>> values = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            Object value = keysAndValues[i + 1];
            @SuppressWarnings("unchecked") // the callers of this package give text or an output of text
            Output<String> output = value instanceof Output<?> ? (Output<String>) value : Output.of((String) value);
            values.put((String) keysAndValues[i], output);
        }
        return values;
    }

    private static String path(String service, String type) {
        return service + "/" + type + "-credentials";
    }

    private String name(String part) {
        return spec.instance().named("vault-content") + "-" + part;
    }

    private CustomResourceOptions options(Resource... after) {
        return CustomResourceOptions.builder()
                .parent(this)
                .provider(provider)
                .dependsOn(after)
                .build();
    }
}
