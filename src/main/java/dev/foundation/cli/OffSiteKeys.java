package dev.foundation.cli;

import dev.foundation.objectstore.S3Access;
import dev.foundation.secret.Secret;
import dev.foundation.spec.BackupSpec;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.s3.S3Store;
import java.io.IOException;
import java.net.URI;

/** The pair of keys that may delete off-site: a person brings it, it is in this process's memory for as long as that runs, and nowhere else (S7). */
final class OffSiteKeys {
    static final String OFF_SITE = "off-site";

    private OffSiteKeys() {}

    /** Asks at the terminal, without an echo; elsewhere takes two lines of standard input: access key, secret key. @throws Refused if either is missing */
    static ObjectStore ask(Terminal terminal, BackupSpec.OffSite place) throws IOException {
        String bucket = "bucket " + place.bucket() + " at " + place.endpoint();
        Secret<String> accessKey = terminal.readSecret("Access key that may delete in " + bucket + ": ");
        Secret<String> secretKey = terminal.readSecret("Its secret key: ");
        if (accessKey.expose().isEmpty() || secretKey.expose().isEmpty()) {
            throw new Refused(
                    "no keys for " + bucket + " were given: type them, or pass two lines on standard input, the access"
                            + " key and the secret key. Nothing was touched.");
        }
        return new S3Store(
                OFF_SITE,
                new S3Access(URI.create(place.endpoint()), place.region(), accessKey.expose(), secretKey.expose()),
                place.bucket(),
                place.pathStyle());
    }
}
