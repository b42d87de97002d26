package dev.foundation.cli;

import dev.foundation.bundle.Seal;
import dev.foundation.parts.ImageName;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.ServiceName;
import dev.foundation.spec.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What this clone runs, by service, as the program tells the agent, which writes it into the seals (P7). */
final class OwnProducts {
    private OwnProducts() {}

    static Map<String, Seal.Product> of(Workspace workspace, FoundationSpec spec) throws IOException {
        Versions versions =
                Versions.parse(Files.readString(workspace.repository().resolve("VERSIONS")));
        Map<String, ImageName> names = new HashMap<>(Map.of(
                ServiceName.VAULT.label(),
                ImageName.VAULT,
                ServiceName.POSTGRES.label(),
                ImageName.POSTGRES,
                ServiceName.S3.label(),
                ImageName.of(spec.s3().engine()),
                ServiceName.FORGEJO.label(),
                ImageName.of(spec.forgejo().product())));
        Arrays.stream(ServiceName.values())
                .filter(each -> !each.enabledIn(spec))
                .forEach(each -> names.remove(each.label()));
        Map<String, Seal.Product> products = new HashMap<>();
        names.forEach((service, name) -> products.put(service, new Seal.Product(name.key(), versions.of(name.key()))));
        return products;
    }
}
