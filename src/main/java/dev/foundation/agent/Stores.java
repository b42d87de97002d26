package dev.foundation.agent;

import dev.foundation.objectstore.S3Access;
import dev.foundation.secret.Secret;
import dev.foundation.spec.BackupPlan;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.local.LocalStore;
import dev.foundation.store.s3.S3Settings;
import dev.foundation.store.s3.S3Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The plan's destinations, opened with what the credentials hold for each. */
final class Stores implements AutoCloseable {
    private static final int PART_BYTES = 8 << 20;

    private final List<ObjectStore> all;

    private Stores(List<ObjectStore> all) {
        this.all = List.copyOf(all);
    }

    static Stores of(List<ObjectStore> all) {
        return new Stores(all);
    }

    static Stores open(BackupPlan plan, Credentials credentials) throws IOException {
        return open(plan, credentials, any -> true);
    }

    static Stores open(BackupPlan plan, Credentials credentials, Predicate<BackupPlan.Destination> chosen)
            throws IOException {
        List<ObjectStore> stores = new ArrayList<>();
        for (BackupPlan.Destination each : plan.destinations()) {
            if (chosen.test(each)) {
                stores.add(open(each, credentials));
            }
        }
        return new Stores(stores);
    }

    private static ObjectStore open(BackupPlan.Destination destination, Credentials credentials) throws IOException {
        if (destination.kind().equals("folder")) {
            Path folder = Path.of(destination.place());
            Files.createDirectories(folder);
            return new LocalStore(destination.name(), folder);
        }
        boolean local = destination.name().equals("local");
        Secret<String> accessKey = credentials.of(local ? "s3AccessKey" : "offsiteAccessKey");
        Secret<String> secretKey = credentials.of(local ? "s3SecretKey" : "offsiteSecretKey");
        return new S3Store(
                destination.name(),
                new S3Access(
                        URI.create(destination.place()), destination.region(), accessKey.expose(), secretKey.expose()),
                destination.bucket(),
                // Two parts in memory for each upload: several run side by side in half a gigabyte.
                S3Settings.usual(destination.pathStyle()).with(PART_BYTES, 1));
    }

    /** The local one first. */
    List<ObjectStore> all() {
        return all;
    }

    @Override
    public void close() {
        all.forEach(ObjectStore::close);
    }
}
