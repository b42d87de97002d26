package dev.foundation.verify;

import dev.foundation.age.AgeKeys;
import dev.foundation.age.AgeOpener;
import dev.foundation.bundle.BlobObject;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.bundle.ObjectsReader;
import dev.foundation.stream.Digesting;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The list of the buckets' objects: each has its blob in the inventory, and a sample of the blobs is opened and held against it. */
final class ObjectsCheck {
    private static final int SHOWN = 20;

    private final PointBytes bytes;
    private final AgeKeys keys;
    private final Optional<Sample> sample;
    private final Findings findings;
    private final String point;
    private final List<String> faults = new ArrayList<>();
    private long strangers;
    private long opened;

    ObjectsCheck(PointBytes bytes, AgeKeys keys, Optional<Sample> sample, Findings findings, String point) {
        this.bytes = bytes;
        this.keys = keys;
        this.sample = sample;
        this.findings = findings;
        this.point = point;
    }

    /** @return what is wrong with the list itself; blobs that are wrong become findings of their own */
    List<String> read(InputStream plain, @Nullable BlobSet inventory) throws IOException, InterruptedException {
        try (ObjectsReader reader = new ObjectsReader(plain);
                Batch batch = new Batch()) {
            List<BlobObject> chosen = new ArrayList<>(Batch.SIZE);
            for (Optional<BlobObject> each = reader.next(); each.isPresent(); each = reader.next()) {
                listed(each.get(), inventory);
                if (sample.isPresent() && sample.get().take()) {
                    chosen.add(each.get());
                }
                if (chosen.size() == Batch.SIZE) {
                    open(chosen, batch);
                    chosen.clear();
                }
            }
            open(chosen, batch);
        }
        if (strangers > SHOWN) {
            faults.add((strangers - SHOWN) + " more objects have no blob in the inventory");
        }
        if (inventory != null && inventory.left() > 0) {
            faults.add(inventory.left() + " of " + inventory.count()
                    + " blobs in the inventory belong to no object of the list");
        }
        return List.copyOf(faults);
    }

    /** Blobs that were opened. */
    long opened() {
        return opened;
    }

    private void listed(BlobObject object, @Nullable BlobSet inventory) {
        if (inventory != null && !inventory.take(object.blob()) && ++strangers <= SHOWN) {
            faults.add("the blob of " + words(object) + " is not in the inventory");
        }
    }

    private void open(List<BlobObject> objects, Batch batch) throws InterruptedException {
        List<Optional<String>> told = batch.map(objects, this::open);
        opened += objects.size();
        for (int i = 0; i < told.size(); i++) {
            BlobObject object = objects.get(i);
            told.get(i)
                    .ifPresent(fault -> findings.add(
                            Severity.ERROR,
                            point,
                            BundleKeys.blob(object.blob()).path(),
                            "with the content of " + words(object) + " " + fault + "." + Advice.REPAIR));
        }
    }

    private Optional<String> open(BlobObject object) throws InterruptedException {
        try (InputStream sealed = bytes.open(BundleKeys.blob(object.blob()).path());
                var plain = new Digesting(new Watched(AgeOpener.open(sealed, keys, 1), object.size()))) {
            plain.transferTo(OutputStream.nullOutputStream());
            boolean same = plain.size() == object.size() && plain.sha256().equals(object.sha256());
            return same ? Optional.empty() : Optional.of("has another content than its list says");
        } catch (InterruptedIOException e) {
            throw (InterruptedException) new InterruptedException("stopped while a blob was read").initCause(e);
        } catch (IOException e) {
            return Optional.of("does not open: " + e.getMessage());
        }
    }

    private static String words(BlobObject object) {
        return "bucket " + object.bucket() + ", " + object.key().text();
    }
}
