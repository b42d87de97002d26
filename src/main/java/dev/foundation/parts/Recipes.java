package dev.foundation.parts;

import dev.foundation.spec.Versions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Every part that can be built from package registries; the estimates were measured on a two-core machine with other work beside it. */
final class Recipes {
    private record Facts(int seconds, List<String> needs) {}

    private static final List<String> GO = List.of("go");

    private static final Map<String, Facts> KNOWN = Map.of(
            "pulumi", new Facts(180, GO),
            "pulumi-language-java", new Facts(60, GO),
            "pulumi-resource-docker", new Facts(300, GO),
            "pulumi-resource-vault", new Facts(1, List.of()),
            "pulumi-resource-command", new Facts(1, List.of()),
            "vault", new Facts(300, GO),
            "versitygw", new Facts(90, GO),
            "gitea", new Facts(240, GO),
            "agent-runtime", new Facts(20, List.of()),
            "rustfs", new Facts(3000, List.of("cargo", "protoc")));

    private final Versions versions;
    private final Path repository;

    Recipes(Versions versions, Path repository) {
        this.versions = versions;
        this.repository = repository;
    }

    static boolean knows(String part) {
        return KNOWN.containsKey(part);
    }

    /** @throws IllegalArgumentException for a part that no recipe makes */
    Recipe recipe(String part) {
        Facts facts = KNOWN.get(part);
        if (facts == null) {
            throw new IllegalArgumentException("no recipe makes \"" + part + "\"; there are: "
                    + String.join(", ", KNOWN.keySet().stream().sorted().toList()));
        }
        return new Recipe(
                part,
                versions.of(part),
                repository.resolve("scripts/parts").resolve(part),
                Duration.ofSeconds(facts.seconds()),
                facts.needs());
    }

    /** The file system of Debian's smallest variant, from which the images of a sealed site are made. */
    Recipe base() {
        return new Recipe(
                "base",
                versions.of("debian"),
                repository.resolve("scripts/images/base"),
                Duration.ofSeconds(60),
                List.of("debootstrap"));
    }
}
