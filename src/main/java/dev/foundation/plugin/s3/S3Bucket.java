package dev.foundation.plugin.s3;

import dev.foundation.objectstore.Grant;
import dev.foundation.objectstore.ObjectStoreException;
import dev.foundation.objectstore.S3Buckets;
import dev.foundation.plugin.Patience;
import dev.foundation.plugin.Problem;
import dev.foundation.plugin.ReplaceOnChange;
import dev.foundation.plugin.ResourceHandler;
import dev.foundation.plugin.Run;
import dev.foundation.plugin.Secret;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A bucket. One that is there already is adopted, if its object lock is as asked: that alone can never be changed. */
public final class S3Bucket implements ResourceHandler<S3Bucket.Inputs, S3Bucket.Outputs> {
    /**
     * @param endpoint of the server; may change, as a server may move
     * @param engine {@code rustfs} or {@code versitygw}
     * @param forceDestroy whether deleting the resource may delete objects; false by default
     */
    public record Inputs(
            String endpoint,
            String engine,
            String accessKey,
            @Secret String secretKey,
            Optional<String> region,
            @ReplaceOnChange String bucket,
            Optional<Boolean> versioning,
            @ReplaceOnChange Optional<Boolean> objectLock,
            Optional<Boolean> forceDestroy) {
        boolean lock() {
            return objectLock.orElse(false);
        }

        /** A bucket with object lock always has versions. */
        boolean versions() {
            return versioning.orElse(false) || lock();
        }

        S3Buckets connect() {
            return new S3Buckets(Server.access(endpoint, region, accessKey, secretKey));
        }

        @Override
        public String toString() {
            return "bucket " + bucket + " at " + endpoint;
        }
    }

    /** @param name the bucket's name, for resources that must wait for it */
    public record Outputs(String name) {}

    @Override
    public String token() {
        return "foundation:index:S3Bucket";
    }

    @Override
    public Class<Inputs> inputs() {
        return Inputs.class;
    }

    @Override
    public Class<Outputs> outputs() {
        return Outputs.class;
    }

    @Override
    public List<Problem> check(Inputs inputs) {
        return Server.check(inputs.endpoint(), inputs.engine(), inputs.accessKey(), inputs.secretKey())
                .matching("bucket", inputs.bucket(), Grant.BUCKET, "3 to 63 lower-case letters, digits and hyphens")
                .unless(
                        !inputs.lock() || inputs.versioning().orElse(true),
                        "versioning",
                        "cannot be off where objectLock is on: locked objects are versions")
                .list();
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        try (var buckets = inputs.connect()) {
            Patience.wait(Patience.USUAL, run, ObjectStoreException::isTransient, () -> bring(buckets, inputs));
        }
        return new Created<>(inputs.bucket(), new Outputs(inputs.bucket()));
    }

    private static boolean bring(S3Buckets buckets, Inputs inputs) throws IOException {
        var found = buckets.find(inputs.bucket());
        if (found.isEmpty()) {
            buckets.create(inputs.bucket(), inputs.lock());
        } else if (found.get().objectLock() != inputs.lock()) {
            throw new IOException("bucket " + inputs.bucket() + " exists " + (inputs.lock() ? "without" : "with")
                    + " object lock, which cannot be changed; delete it, choose another name, or set objectLock to "
                    + found.get().objectLock());
        }
        setVersioning(buckets, inputs, found.map(S3Buckets.State::versioning).orElse(inputs.lock()));
        return true;
    }

    private static void setVersioning(S3Buckets buckets, Inputs inputs, boolean now) throws IOException {
        if (inputs.versions() != now) {
            buckets.setVersioning(inputs.bucket(), inputs.versions());
        }
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException {
        if (known.isEmpty()) {
            throw new IOException(
                    "bucket " + id + " needs no import: declare it and run up, which adopts a bucket that is there");
        }
        var was = known.get().inputs();
        try (var buckets = was.connect()) {
            return buckets.find(was.bucket()).map(now -> {
                var inputs = new Inputs(
                        was.endpoint(),
                        was.engine(),
                        was.accessKey(),
                        was.secretKey(),
                        was.region(),
                        was.bucket(),
                        was.versions() == now.versioning() ? was.versioning() : Optional.of(now.versioning()),
                        was.lock() == now.objectLock() ? was.objectLock() : Optional.of(now.objectLock()),
                        was.forceDestroy());
                return new Current<>(inputs, known.get().outputs());
            });
        }
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run)
            throws IOException, InterruptedException {
        return create(inputs, run).outputs();
    }

    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) throws IOException, InterruptedException {
        var inputs = old.inputs();
        try (var buckets = inputs.connect()) {
            var found = Patience.wait(
                    Patience.USUAL, run, ObjectStoreException::isTransient, () -> buckets.find(inputs.bucket()));
            if (found.isEmpty()) {
                return;
            }
            if (inputs.forceDestroy().orElse(false)) {
                buckets.empty(inputs.bucket(), run::checkCancelled);
            } else if (!buckets.isEmpty(inputs.bucket())) {
                throw new IOException("bucket " + inputs.bucket()
                        + " is not empty and was kept: empty it first, or set forceDestroy, run up, and delete again");
            }
            buckets.delete(inputs.bucket());
        }
    }
}
