package dev.foundation.artifact.buckets;

import dev.foundation.bundle.ObjectText;
import dev.foundation.objectstore.S3Access;
import dev.foundation.store.StoreException;
import dev.foundation.store.s3.S3Reads;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

/** The buckets of an S3 server, read as a user who may list and read and nothing else. */
public final class S3BlobSource implements BlobSource {
    private final S3Reads reads;

    public S3BlobSource(S3Access access) {
        this(new S3Reads(access));
    }

    S3BlobSource(S3Reads reads) {
        this.reads = reads;
    }

    /** A version, or a mark that the object was deleted. */
    private record Entry(@Nullable SourceObject object, Instant modified) {}

    @Override
    public void list(String bucket, Instant moment, Visitor visitor) throws IOException, InterruptedException {
        Map<String, List<Entry>> open = new LinkedHashMap<>();
        Optional<ListObjectVersionsResponse> before = Optional.empty();
        while (true) {
            Optional<ListObjectVersionsResponse> last = before;
            ListObjectVersionsResponse page;
            try {
                page = reads.versions(bucket, last);
            } catch (StoreException e) {
                throw ofTheSource(e);
            }
            collect(bucket, page, open);
            boolean more = Boolean.TRUE.equals(page.isTruncated());
            // The entries of the page's last key may go on on the next page.
            String unfinished = more ? page.nextKeyMarker() : null;
            for (var each : List.copyOf(open.entrySet())) {
                if (!each.getKey().equals(unfinished)) {
                    visitAsOf(each.getValue(), moment, visitor);
                    open.remove(each.getKey());
                }
            }
            if (!more) {
                return;
            }
            before = Optional.of(page);
        }
    }

    private static void collect(String bucket, ListObjectVersionsResponse page, Map<String, List<Entry>> open) {
        page.versions()
                .forEach(each -> open.computeIfAbsent(each.key(), key -> new ArrayList<>())
                        .add(new Entry(
                                new SourceObject(
                                        bucket,
                                        ObjectText.of(each.key()),
                                        each.versionId() == null ? "null" : each.versionId(),
                                        each.eTag() == null ? "" : each.eTag(),
                                        each.size(),
                                        each.lastModified()),
                                each.lastModified())));
        page.deleteMarkers()
                .forEach(each -> open.computeIfAbsent(each.key(), key -> new ArrayList<>())
                        .add(new Entry(null, each.lastModified())));
    }

    /** Versions come newest first; a deletion in the same second as a version came after it. */
    private static void visitAsOf(List<Entry> entries, Instant moment, Visitor visitor)
            throws IOException, InterruptedException {
        Entry newest = null;
        for (Entry each : entries) {
            boolean inTime = !each.modified().isAfter(moment);
            if (inTime
                    && (newest == null
                            || each.modified().isAfter(newest.modified())
                            || each.modified().equals(newest.modified()) && each.object() == null)) {
                newest = each;
            }
        }
        if (newest != null && newest.object() != null) {
            visitor.visit(newest.object());
        }
    }

    @Override
    public Content open(SourceObject object) throws IOException, InterruptedException {
        String action = "read " + object.key().text() + " in bucket " + object.bucket();
        try {
            S3Reads.Opened opened = reads.open(
                    action,
                    object.bucket(),
                    object.key().text(),
                    object.versioned() ? object.version() : "",
                    object.versioned() ? "" : object.etag()); // never another content under the listed name
            return new Content(
                    new Whole(opened.stream(), action, object.size()), opened.contentType(), opened.metadata());
        } catch (StoreException e) {
            throw ofTheSource(e);
        }
    }

    /** A store's failure loses a destination of the run; this is a source. */
    private static IOException ofTheSource(StoreException e) {
        return new IOException(e.getMessage(), e);
    }

    /** Ends normally only after the bytes that were announced. */
    private static final class Whole extends FilterInputStream {
        private final String action;
        private long left;

        Whole(InputStream source, String action, long size) {
            super(source);
            this.action = action;
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read;
            try {
                read = in.read(buffer, offset, length);
            } catch (StoreException e) {
                throw ofTheSource(e);
            }
            left -= Math.max(0, read);
            if (read < 0 && left != 0 || left < 0) {
                throw new IOException(action + ": the answer has another length than the listing said");
            }
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }

    @Override
    public void close() {
        reads.close();
    }
}
