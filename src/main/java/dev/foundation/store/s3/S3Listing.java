package dev.foundation.store.s3;

import dev.foundation.store.ObjectKey;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.store.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/** Listings, page by page to their end, or an exception. */
final class S3Listing {
    /** One version or delete marker, as {@code listObjectVersions} tells them. */
    record Version(String id, Optional<StoredObject> object) {}

    private final S3Calls calls;
    private final Bucket bucket;

    S3Listing(S3Calls calls, Bucket bucket) {
        this.calls = calls;
        this.bucket = bucket;
    }

    void list(String prefix, Consumer<StoredObject> each) throws StoreException, InterruptedException {
        pages(
                prefix,
                "",
                page -> page.contents()
                        .forEach(object -> key(object.key())
                                .ifPresent(key -> each.accept(new StoredObject(
                                        key,
                                        object.size() == null ? -1 : object.size(),
                                        "",
                                        S3Objects.modified(object.lastModified()))))));
    }

    List<String> folders() throws StoreException, InterruptedException {
        List<String> folders = new ArrayList<>();
        pages(
                "",
                "/",
                page -> page.commonPrefixes().forEach(each -> {
                    String folder = each.prefix().replaceFirst("/$", "");
                    if (key(folder).isPresent()) {
                        folders.add(folder);
                    }
                }));
        folders.sort(null); // S3 sorts them with their slash: "a-b/" before "a/"
        return List.copyOf(folders);
    }

    private void pages(String prefix, String delimiter, Consumer<ListObjectsV2Response> each)
            throws StoreException, InterruptedException {
        String action = bucket.action(prefix.isEmpty() ? "list" : "list " + prefix);
        @Nullable String token = null;
        do {
            String from = token;
            var page = calls.call(
                    action,
                    s3 -> s3.listObjectsV2(r -> r.bucket(bucket.name())
                            .prefix(prefix.isEmpty() ? null : prefix)
                            .delimiter(delimiter.isEmpty() ? null : delimiter)
                            .continuationToken(from)));
            each.accept(page);
            token = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
            if (Boolean.TRUE.equals(page.isTruncated()) && (token == null || token.equals(from))) {
                throw endless(action);
            }
        } while (token != null);
    }

    /** Versions and delete markers of exactly this key, newest first as S3 promises. */
    List<Version> versions(ObjectKey key) throws StoreException, InterruptedException {
        List<Version> found = new ArrayList<>();
        versions(bucket.action("list the versions of", key), key.path(), page -> {
            add(key, page, found);
            // Keys come in order, and this one is the first with this prefix.
            return past(key, page);
        });
        return found;
    }

    /** Versions of every key with this prefix, each key's newest first; without delete markers. */
    List<StoredObject> versions(String prefix) throws StoreException, InterruptedException {
        List<StoredObject> found = new ArrayList<>();
        versions(bucket.action("list the versions under " + prefix), prefix, page -> {
            page.versions().forEach(each -> key(each.key()).ifPresent(key -> found.add(stored(key, each))));
            return false;
        });
        return found;
    }

    /** @param enough whether no further page is wanted */
    private void versions(String action, String prefix, Predicate<ListObjectVersionsResponse> enough)
            throws StoreException, InterruptedException {
        @Nullable String keyMarker = null;
        @Nullable String versionMarker = null;
        while (true) {
            String fromKey = keyMarker;
            String fromVersion = versionMarker;
            var page = calls.call(
                    action,
                    s3 -> s3.listObjectVersions(r -> r.bucket(bucket.name())
                            .prefix(prefix)
                            .keyMarker(fromKey)
                            .versionIdMarker(fromVersion)));
            if (enough.test(page) || !Boolean.TRUE.equals(page.isTruncated())) {
                return;
            }
            keyMarker = page.nextKeyMarker();
            versionMarker = page.nextVersionIdMarker();
            if (keyMarker == null || (keyMarker.equals(fromKey) && Objects.equals(versionMarker, fromVersion))) {
                throw endless(action);
            }
        }
    }

    private static boolean past(ObjectKey key, ListObjectVersionsResponse page) {
        return page.nextKeyMarker() != null && page.nextKeyMarker().compareTo(key.path()) > 0;
    }

    private static void add(ObjectKey key, ListObjectVersionsResponse page, List<Version> found) {
        page.versions().stream()
                .filter(each -> each.key().equals(key.path()))
                .map(each -> new Version(S3Objects.version(each.versionId()), Optional.of(stored(key, each))))
                .forEach(found::add);
        page.deleteMarkers().stream()
                .filter(each -> each.key().equals(key.path()))
                .map(each -> new Version(S3Objects.version(each.versionId()), Optional.empty()))
                .forEach(found::add);
    }

    private static StoredObject stored(ObjectKey key, ObjectVersion each) {
        return new StoredObject(
                key,
                each.size() == null ? -1 : each.size(),
                S3Objects.version(each.versionId()),
                S3Objects.modified(each.lastModified()));
    }

    /** Aborts multipart uploads that began before this. @return how many */
    int abandon(Instant before) throws StoreException, InterruptedException {
        String action = bucket.action("list unfinished uploads");
        int aborted = 0;
        @Nullable String keyMarker = null;
        @Nullable String idMarker = null;
        while (true) {
            String fromKey = keyMarker;
            String fromId = idMarker;
            var page = calls.call(
                    action,
                    s3 -> s3.listMultipartUploads(
                            r -> r.bucket(bucket.name()).keyMarker(fromKey).uploadIdMarker(fromId)));
            for (var upload : page.uploads()) {
                if (upload.initiated() != null && upload.initiated().isBefore(before)) {
                    calls.call(
                            bucket.action("remove an unfinished upload"),
                            s3 -> s3.abortMultipartUpload(r ->
                                    r.bucket(bucket.name()).key(upload.key()).uploadId(upload.uploadId())));
                    aborted++;
                }
            }
            if (!Boolean.TRUE.equals(page.isTruncated())) {
                return aborted;
            }
            keyMarker = page.nextKeyMarker();
            idMarker = page.nextUploadIdMarker();
            if (keyMarker == null || (keyMarker.equals(fromKey) && Objects.equals(idMarker, fromId))) {
                throw endless(action);
            }
        }
    }

    private static Optional<ObjectKey> key(String path) {
        try {
            return Optional.of(new ObjectKey(path));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not ours: nothing here could have written it
        }
    }

    private static StoreException endless(String action) {
        return new StoreException(
                Kind.OTHER, action + ": the server says that more follows, but not how to go on", null);
    }
}
