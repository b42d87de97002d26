package dev.foundation.parts;

import dev.foundation.spec.FoundationSpec.ForgejoSpec.Product;
import dev.foundation.spec.FoundationSpec.S3Spec.Engine;
import dev.foundation.spec.FoundationSpec.Site;

/** The images of a foundation. */
public enum ImageName {
    VAULT("vault"),
    POSTGRES("postgres"),
    RUSTFS("rustfs"),
    VERSITYGW("versitygw"),
    FORGEJO("forgejo"),
    GITEA("gitea"),
    RUNNER("forgejo-runner");

    private final String key;

    ImageName(String key) {
        this.key = key;
    }

    /** The name in {@code VERSIONS} and of the folder under {@code scripts/images}. */
    public String key() {
        return key;
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
