package dev.foundation.plugin.vault;

import dev.foundation.plugin.Problem;
import dev.foundation.plugin.ReplaceOnChange;
import dev.foundation.plugin.Run;
import dev.foundation.plugin.Secret;
import dev.foundation.plugin.Stable;
import dev.foundation.vault.AppRole;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A secret id of an AppRole. Vault shows it once, so it lives in the state; its id is {@code backend=..::role=..::accessor=..}. */
final class AuthBackendRoleSecretId extends VaultType<AuthBackendRoleSecretId.Inputs, AuthBackendRoleSecretId.Outputs> {
    private static final Pattern ID = Pattern.compile("backend=(.+)::role=(.+)::accessor=(.+)");

    /** @param metadata a JSON object of strings */
    record Inputs(
            @ReplaceOnChange String roleName,
            @ReplaceOnChange Optional<String> backend,
            @ReplaceOnChange Optional<String> metadata,
            @ReplaceOnChange @Secret Optional<String> secretId) {}

    record Outputs(
            @Stable @Secret String secretId,
            @Stable String accessor,
            @Stable String backend) {}

    AuthBackendRoleSecretId(Connection connection) {
        super(
                "vault:appRole/authBackendRoleSecretId:AuthBackendRoleSecretId",
                Inputs.class,
                Outputs.class,
                List.of(
                        "cidrLists",
                        "namespace",
                        "numUses",
                        "tokenBoundCidrs",
                        "ttl",
                        "withWrappedAccessor",
                        "wrappingTtl"),
                connection);
    }

    /** Each secret id is its own, so a service always has one that works. */
    @Override
    public boolean deleteBeforeReplace() {
        return false;
    }

    @Override
    public List<Problem> check(Inputs inputs) {
        return inputs.metadata().filter(text -> Json.object(text).isEmpty()).isPresent()
                ? List.of(new Problem("metadata", "must be a JSON object"))
                : List.of();
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        String backend = inputs.backend().orElse("approle");
        AppRole appRole = vault().appRole(backend);
        Map<String, String> settings = new LinkedHashMap<>();
        inputs.metadata().ifPresent(metadata -> settings.put("metadata", metadata));
        inputs.secretId().ifPresent(secretId -> settings.put("secret_id", secretId));
        var issued = inputs.secretId().isPresent()
                ? appRole.issueCustom(inputs.roleName(), settings)
                : appRole.issue(inputs.roleName(), settings);
        return new Created<>(
                "backend=" + backend + "::role=" + inputs.roleName() + "::accessor=" + issued.accessor(),
                new Outputs(issued.secretId(), issued.accessor(), backend));
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException, InterruptedException {
        if (known.isEmpty()) {
            throw new IOException("secret id " + id
                    + " cannot be imported: Vault shows a secret id only once. Declare a new one instead");
        }
        Matcher parts = parse(id);
        return vault().appRole(parts.group(1))
                        .lookup(parts.group(2), parts.group(3))
                        .isPresent()
                ? known
                : Optional.empty();
    }

    /** Only reached when an input became secret: nothing of it can change in Vault. */
    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run) {
        return old.outputs();
    }

    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) throws IOException, InterruptedException {
        Matcher parts = parse(id);
        vault().appRole(parts.group(1)).destroy(parts.group(2), parts.group(3));
    }

    private static Matcher parse(String id) throws IOException {
        Matcher parts = ID.matcher(id);
        if (!parts.matches()) {
            throw new IOException("\"" + id + "\" is no id of a secret id: it is backend=..::role=..::accessor=..");
        }
        return parts;
    }
}
