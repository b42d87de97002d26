package dev.foundation.proof;

import dev.foundation.artifact.buckets.BlobSource;
import dev.foundation.artifact.buckets.SourceObject;
import dev.foundation.testing.FakeBuckets;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Gives the newest version of an object that is asked for without one, as S3 does. */
record NewestBuckets(FakeBuckets buckets) implements BlobSource {
    @Override
    public void list(String bucket, Instant moment, Visitor visitor) throws IOException, InterruptedException {
        buckets.list(bucket, moment, visitor);
    }

    @Override
    public Content open(SourceObject object) throws IOException {
        var newest = new AtomicReference<>(object);
        try {
            buckets.list(object.bucket(), Instant.MAX, each -> {
                if (each.key().equals(object.key())) {
                    newest.set(each);
                }
            });
        } catch (InterruptedException e) {
            throw new IOException("memory does not wait", e);
        }
        return buckets.open(newest.get());
    }

    @Override
    public void close() {}
}
