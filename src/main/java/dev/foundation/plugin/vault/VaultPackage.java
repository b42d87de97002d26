package dev.foundation.plugin.vault;

import dev.foundation.plugin.ProviderPackage;
import dev.foundation.plugin.ProviderPackage.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The package {@code vault} as this program serves it where the official plugin cannot be had. */
public final class VaultPackage {
    /** Settings of the official provider that mean nothing here, or that would have to be obeyed. */
    private static final List<String> NOT_SERVED = List.of(
            "addAddressToEnv",
            "authLogin",
            "authLoginAws",
            "authLoginAzure",
            "authLoginCert",
            "authLoginGcp",
            "authLoginJwt",
            "authLoginKerberos",
            "authLoginOci",
            "authLoginOidc",
            "authLoginRadius",
            "authLoginTokenFile",
            "authLoginUserpass",
            "caCertDir",
            "caCertFile",
            "clientAuth",
            "headers",
            "maxLeaseTtlSeconds",
            "maxRetries",
            "maxRetriesCcc",
            "namespace",
            "setNamespaceFromToken",
            "skipGetVaultVersion",
            "skipTlsVerify",
            "tlsServerName",
            "tokenName",
            "vaultVersionOverride");

    private VaultPackage() {}

    /**
     * Served settings: {@code address}, {@code token}, and {@code skipChildToken}, which changes nothing, since the token itself is used
     * and never a child of it.
     *
     * @param version that of the official plugin which it stands in for
     */
    public static ProviderPackage provider(String version) {
        var settings = new ArrayList<Setting>();
        settings.add(new Setting("address", false, Optional.empty()));
        settings.add(new Setting("token", true, Optional.empty()));
        settings.add(new Setting("skipChildToken", false, Optional.empty()));
        NOT_SERVED.forEach(name -> settings.add(new Setting(
                name,
                false,
                Optional.of("is not served on a sealed site, where the provider vault is built in: leave it out"))));
        return new ProviderPackage("vault", version, settings, config -> {
            var connection = new Connection(config);
            return List.of(
                    new Mount(connection),
                    new Policy(connection),
                    new AuthBackend(connection),
                    new AuthBackendRole(connection),
                    new AuthBackendRoleSecretId(connection),
                    new SecretV2(connection),
                    new SecretBackendV2(connection),
                    new Audit(connection));
        });
    }
}
