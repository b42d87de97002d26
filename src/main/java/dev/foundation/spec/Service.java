package dev.foundation.spec;

/** The services of a foundation, in the order in which each may need the ones before it. */
public enum Service {
    VAULT("vault"),
    POSTGRES("postgres"),
    S3("s3"),
    FORGEJO("forgejo"),
    RUNNER("runner");

    private final String id;

    Service(String id) {
        this.id = id;
    }

    /** The service's name in DNS, in names of containers and volumes, and in Vault's paths (R1.3). */
    public String id() {
        return id;
    }
}
