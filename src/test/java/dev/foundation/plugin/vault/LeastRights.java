package dev.foundation.plugin.vault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.vault.AppRole;
import dev.foundation.vault.VaultClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What one AppRole may do at a path, as Vault itself answers for a token that the role was given (T4). */
record LeastRights(VaultClient root, String token) {
    static LeastRights of(AppRole appRole, String roleId, String secretId, VaultClient root)
            throws IOException, InterruptedException {
        return new LeastRights(root, appRole.login(roleId, secretId));
    }

    List<String> of(String path) throws IOException, InterruptedException {
        JsonNode answer = root.write("sys/capabilities", Map.of("token", token, "paths", List.of(path)));
        var capabilities = new ArrayList<String>();
        answer.at("/data/capabilities").forEach(capability -> capabilities.add(capability.asText()));
        return capabilities;
    }
}
