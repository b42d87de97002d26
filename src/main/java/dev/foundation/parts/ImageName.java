package dev.foundation.parts;

import dev.foundation.spec.FoundationSpec.ForgejoSpec.Product;
import dev.foundation.spec.FoundationSpec.S3Spec.Engine;
import dev.foundation.spec.FoundationSpec.Site;
import java.util.Optional;

/** The images of a foundation. */
public enum ImageName {
    VAULT("vault"),
    POSTGRES("postgres"),
    RUSTFS("rustfs"),
    VERSITYGW("versitygw"),
    FORGEJO("forgejo"),
    GITEA("gitea"),
    RUNNER("forgejo-runner"),
    /** Ours on every site: what the backup agent stands on. */
    AGENT_BASE("agent-base"),
    /** Ours on every site: the backup agent, which holds this very jar. */
    AGENT("agent");

    private final String key;

    ImageName(String key) {
        this.key = key;
    }

    /** The name in {@code VERSIONS} and of the folder under {@code scripts/images}. */
    public String key() {
        return key;
    }

    /** No maker ships it: it is built here on online sites too. */
    boolean isOurs() {
        return this == AGENT || this == AGENT_BASE;
    }

    /** The part that goes into the image, by its recipe's name; only images that are built have one. */
    Optional<String> part() {
        if (this == AGENT_BASE) {
            return Optional.of("agent-runtime");
        }
        return Recipes.knows(key) ? Optional.of(key) : Optional.empty();
    }

    /** Forgejo and its runner can't be built from package registries. */
    public boolean availableOn(Site site) {
        return site == Site.ONLINE || (this != FORGEJO && this != RUNNER);
    }

    public static ImageName of(Engine engine) {
        return switch (engine) {
            case RUSTFS -> RUSTFS;
            case VERSITYGW -> VERSITYGW;
        };
    }

    public static ImageName of(Product product) {
        return switch (product) {
            case FORGEJO -> FORGEJO;
            case GITEA -> GITEA;
        };
    }
}
