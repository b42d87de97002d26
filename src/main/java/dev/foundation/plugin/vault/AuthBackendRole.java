package dev.foundation.plugin.vault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.plugin.ReplaceOnChange;
import dev.foundation.plugin.Run;
import dev.foundation.plugin.Stable;
import dev.foundation.vault.AppRole;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An AppRole's role. Its id is {@code auth/<backend>/role/<name>}. Times are seconds; 0 leaves them to Vault. */
final class AuthBackendRole extends VaultType<AuthBackendRole.Inputs, AuthBackendRole.Outputs> {
    private static final Pattern ID = Pattern.compile("auth/(.+)/role/([^/]+)");

    record Inputs(
            @ReplaceOnChange String roleName,
            @ReplaceOnChange Optional<String> backend,
            Optional<String> roleId,
            Optional<Boolean> bindSecretId,
            Optional<Integer> secretIdNumUses,
            Optional<Integer> secretIdTtl,
            Optional<List<String>> tokenPolicies,
            Optional<Integer> tokenTtl,
            Optional<Integer> tokenMaxTtl,
            Optional<Integer> tokenExplicitMaxTtl,
            Optional<Integer> tokenPeriod,
            Optional<Integer> tokenNumUses,
            Optional<Boolean> tokenNoDefaultPolicy,
            Optional<String> tokenType) {}

    record Outputs(String roleId, @Stable String backend) {}

    AuthBackendRole(Connection connection) {
        super(
                "vault:appRole/authBackendRole:AuthBackendRole",
                Inputs.class,
                Outputs.class,
                List.of("aliasMetadata", "localSecretIds", "namespace", "secretIdBoundCidrs", "tokenBoundCidrs"),
                connection);
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        String backend = inputs.backend().orElse("approle");
        return new Created<>("auth/" + backend + "/role/" + inputs.roleName(), write(backend, inputs));
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException, InterruptedException {
        Matcher parts = parse(id);
        String backend = parts.group(1);
        String name = parts.group(2);
        AppRole appRole = vault().appRole(backend);
        Optional<JsonNode> role = appRole.role(name);
        Optional<String> roleId = appRole.roleId(name);
        if (role.isEmpty() || roleId.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Current<>(
                inputs(name, backend, roleId.get(), role.get(), known.map(Current::inputs)),
                new Outputs(roleId.get(), backend)));
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run)
            throws IOException, InterruptedException {
        return write(parse(id).group(1), inputs);
    }

    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) throws IOException, InterruptedException {
        Matcher parts = parse(id);
        vault().appRole(parts.group(1)).deleteRole(parts.group(2));
    }

    private static Inputs inputs(String name, String backend, String roleId, JsonNode role, Optional<Inputs> given) {
        var policies = new java.util.ArrayList<String>();
        role.path("token_policies").forEach(policy -> policies.add(policy.asText()));
        return new Inputs(
                name,
                found(backend, "approle", given.flatMap(Inputs::backend)),
                // Vault makes one up by itself; only one that was asked for can have drifted.
                given.flatMap(Inputs::roleId).map(_ -> roleId),
                found(role.path("bind_secret_id").asBoolean(), true, given.flatMap(Inputs::bindSecretId)),
                found(role.path("secret_id_num_uses").asInt(), 0, given.flatMap(Inputs::secretIdNumUses)),
                found(role.path("secret_id_ttl").asInt(), 0, given.flatMap(Inputs::secretIdTtl)),
                foundSet(policies, given.flatMap(Inputs::tokenPolicies)),
                found(role.path("token_ttl").asInt(), 0, given.flatMap(Inputs::tokenTtl)),
                found(role.path("token_max_ttl").asInt(), 0, given.flatMap(Inputs::tokenMaxTtl)),
                found(role.path("token_explicit_max_ttl").asInt(), 0, given.flatMap(Inputs::tokenExplicitMaxTtl)),
                found(role.path("token_period").asInt(), 0, given.flatMap(Inputs::tokenPeriod)),
                found(role.path("token_num_uses").asInt(), 0, given.flatMap(Inputs::tokenNumUses)),
                found(
                        role.path("token_no_default_policy").asBoolean(),
                        false,
                        given.flatMap(Inputs::tokenNoDefaultPolicy)),
                found(role.path("token_type").asText(), "default", given.flatMap(Inputs::tokenType)));
    }

    /** Every setting is written, so that one that is no longer given goes back to Vault's default. */
    private Outputs write(String backend, Inputs inputs) throws IOException, InterruptedException {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("bind_secret_id", inputs.bindSecretId().orElse(true));
        settings.put("secret_id_num_uses", inputs.secretIdNumUses().orElse(0));
        settings.put("secret_id_ttl", inputs.secretIdTtl().orElse(0));
        settings.put("token_policies", inputs.tokenPolicies().orElse(List.of()));
        settings.put("token_ttl", inputs.tokenTtl().orElse(0));
        settings.put("token_max_ttl", inputs.tokenMaxTtl().orElse(0));
        settings.put("token_explicit_max_ttl", inputs.tokenExplicitMaxTtl().orElse(0));
        settings.put("token_period", inputs.tokenPeriod().orElse(0));
        settings.put("token_num_uses", inputs.tokenNumUses().orElse(0));
        settings.put("token_no_default_policy", inputs.tokenNoDefaultPolicy().orElse(false));
        settings.put("token_type", inputs.tokenType().orElse("default"));
        AppRole appRole = vault().appRole(backend);
        appRole.writeRole(inputs.roleName(), settings);
        if (inputs.roleId().isPresent()) {
            appRole.writeRoleId(inputs.roleName(), inputs.roleId().get());
        }
        String roleId = appRole.roleId(inputs.roleName())
                .orElseThrow(() -> new IOException(
                        "AppRole " + inputs.roleName() + " was written and is not there: is another Vault answering?"));
        return new Outputs(roleId, backend);
    }

    private static Matcher parse(String id) throws IOException {
        Matcher parts = ID.matcher(id);
        if (!parts.matches()) {
            throw new IOException("\"" + id + "\" is no id of a role: give auth/<backend>/role/<name>");
        }
        return parts;
    }
}
