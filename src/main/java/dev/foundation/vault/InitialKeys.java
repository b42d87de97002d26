package dev.foundation.vault;

import java.util.List;

/** What Vault gives out once, at its initialisation: unseal keys in base64, and the root token. Never prints itself. */
public record InitialKeys(List<String> unsealKeys, String rootToken) {
    public InitialKeys {
        unsealKeys = List.copyOf(unsealKeys);
    }

    @Override
    public String toString() {
        return "InitialKeys[" + unsealKeys.size() + " keys]";
    }
}
