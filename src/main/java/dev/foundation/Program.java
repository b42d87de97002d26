package dev.foundation;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import com.pulumi.exceptions.RunException;
import dev.foundation.parts.ImageCatalog;
import dev.foundation.parts.ImageName;
import dev.foundation.parts.Locations;
import dev.foundation.pulumi.PulumiSetting;
import dev.foundation.spec.ConfigSyntaxException;
import dev.foundation.spec.Configuration;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.InvalidConfigException;
import dev.foundation.spec.ServiceName;
import dev.foundation.spec.SpecParser;
import dev.foundation.spec.Versions;
import dev.foundation.stack.FoundationStack;
import dev.foundation.stack.Host;
import dev.foundation.stack.Images;
import dev.foundation.stack.StackSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The door that Pulumi opens: reads configuration and versions once, then declares the stack. Wrong ones end the run before anything is touched. */
final class Program {
    private final Map<String, String> environment;
    private final Path repository;

    Program(Map<String, String> environment, Path repository) {
        this.environment = environment;
        this.repository = repository;
    }

    void run() {
        Pulumi.run(this::declare);
    }

    void declare(Context context) {
        try {
            Configuration configuration = Configuration.ofProgram(
                    environment.getOrDefault("PULUMI_CONFIG", "{}"),
                    environment.getOrDefault("PULUMI_CONFIG_SECRET_KEYS", "[]"));
            FoundationSpec spec = SpecParser.settled(configuration);
            Versions versions = Versions.parse(Files.readString(repository.resolve("VERSIONS")));
            FoundationStack.declare(
                    context,
                    spec,
                    catalogue(spec, versions, repository),
                    host(spec, versions),
                    secrets(context, configuration));
        } catch (InvalidConfigException | ConfigSyntaxException e) {
            throw new RunException(
                    "Pulumi.foundation.yaml can't be used as it is; nothing was touched:\n" + e.getMessage());
        } catch (IOException e) {
            throw new RunException(
                    "VERSIONS can't be read in " + repository + ": run this in the repository's top folder");
        }
    }

    /** The images that this spec runs, by service. */
    static Images catalogue(FoundationSpec spec, Versions versions, Path repository) {
        ImageCatalog catalog = ImageCatalog.of(spec.site(), versions, repository);
        return service -> catalog.reference(name(spec, service));
    }

    private Host host(FoundationSpec spec, Versions versions) {
        Locations locations = Locations.of(environment);
        Map<String, String> products = new HashMap<>();
        for (ServiceName service :
                List.of(ServiceName.VAULT, ServiceName.POSTGRES, ServiceName.S3, ServiceName.FORGEJO)) {
            if (service.enabledIn(spec)) {
                String product = name(spec, service).key();
                products.put(service.label(), product + " " + versions.of(product));
            }
        }
        return new Host(
                repository.toAbsolutePath().normalize().toString(),
                pulumiState(locations, spec),
                locations.locks(spec.instance()).toString(),
                locations.points(spec.instance()).toString(),
                products);
    }

    private Optional<String> pulumiState(Locations locations, FoundationSpec spec) {
        String url = environment.getOrDefault("PULUMI_BACKEND_URL", locations.backendUrl(spec.instance()));
        return PulumiSetting.stateFolder(url).map(Path::toString);
    }

    private static ImageName name(FoundationSpec spec, ServiceName service) {
        return switch (service) {
            case VAULT, UNSEALER -> ImageName.VAULT;
            case POSTGRES -> ImageName.POSTGRES;
            case S3 -> ImageName.of(spec.s3().engine());
            case FORGEJO -> ImageName.of(spec.forgejo().product());
            case RUNNER -> ImageName.RUNNER;
            case BACKUP, PRUNER -> ImageName.AGENT;
        };
    }

    private static StackSecrets secrets(Context context, Configuration configuration) {
        Map<String, Output<String>> byKey = new HashMap<>();
        for (String key : StackSecrets.keys()) {
            if (configuration.has(key)) {
                byKey.put(key, context.config("foundation").requireSecret(key));
            }
        }
        return new StackSecrets(byKey);
    }
}
