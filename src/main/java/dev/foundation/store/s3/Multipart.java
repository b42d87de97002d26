package dev.foundation.store.s3;

import dev.foundation.store.ObjectKey;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.store.StoredObject;
import dev.foundation.stream.Sha256;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** A multipart upload: some parts on their way at once, the first failure ends all. */
final class Multipart {
    /** Above this, one part is on its way at a time. */
    private static final int LARGE = 64 << 20;

    private static final Duration ABORT_WAIT = Duration.ofSeconds(20);

    private final S3Calls calls;
    private final Bucket bucket;
    private final ObjectKey key;
    private final Publication publication;
    private final String id;
    private final int most;
    private final Semaphore slots;
    private final SortedMap<Integer, CompletedPart> sent = new ConcurrentSkipListMap<>();
    private final Set<Thread> senders = ConcurrentHashMap.newKeySet();
    private final Queue<byte[]> spare = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable StoreException> failure = new AtomicReference<>();

    private Multipart(S3Calls calls, Bucket bucket, ObjectKey key, Publication publication, String id) {
        this.calls = calls;
        this.bucket = bucket;
        this.key = key;
        this.publication = publication;
        this.id = id;
        this.most = calls.settings().partsInFlight();
        this.slots = new Semaphore(most);
    }

    /** @throws StoreException with {@code EXISTS}, before much is sent in vain */
    static Multipart begin(S3Calls calls, Bucket bucket, ObjectKey key, Publication publication)
            throws StoreException, InterruptedException {
        publication.look();
        boolean sha = calls.settings().integrity() == S3Settings.Integrity.SHA256;
        var id = calls.call(
                        publication.action(),
                        s3 -> s3.createMultipartUpload(r -> r.bucket(bucket.name())
                                .key(key.path())
                                .contentType("application/octet-stream")
                                .metadata(publication.metadata())
                                .checksumAlgorithm(sha ? ChecksumAlgorithm.SHA256 : null)))
                .uploadId();
        return new Multipart(calls, bucket, key, publication, id);
    }

    /** A buffer of this size, one that was sent already if there is one. */
    byte[] buffer(int size) {
        byte[] old = spare.poll();
        return old != null && old.length == size ? old : new byte[size];
    }

    /** Takes the buffer; waits while enough parts are on their way. */
    void send(int number, byte[] bytes, int length) throws StoreException, InterruptedException {
        if (number > PartSizes.MOST_PARTS) {
            throw new StoreException(Kind.OTHER, publication.action() + ": it is larger than S3 takes (5 TiB)", null);
        }
        int weight = length > LARGE ? most : 1;
        slots.acquire(weight);
        var sender = Thread.ofVirtual().name("part " + number).unstarted(() -> {
            try {
                if (failure.get() == null) {
                    sent.put(number, send(part(number, length), bytes, length));
                }
            } catch (StoreException e) {
                failure.compareAndSet(null, Publication.explained(e));
            } catch (InterruptedException e) {
                failure.compareAndSet(null, new StoreException(Kind.OTHER, publication.action() + ": stopped", e));
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, new StoreException(Kind.OTHER, publication.action() + ": " + e, e));
            } finally {
                spare.add(bytes);
                senders.remove(Thread.currentThread());
                slots.release(weight);
            }
        });
        senders.add(sender);
        sender.start();
        check();
    }

    private UploadPartRequest.Builder part(int number, int length) {
        return UploadPartRequest.builder()
                .bucket(bucket.name())
                .key(key.path())
                .uploadId(id)
                .partNumber(number)
                .contentLength((long) length);
    }

    private CompletedPart send(UploadPartRequest.Builder request, byte[] bytes, int length)
            throws StoreException, InterruptedException {
        var integrity = calls.settings().integrity();
        String text = PartDigest.base64(PartDigest.of(integrity, bytes, length));
        boolean sha = integrity == S3Settings.Integrity.SHA256;
        var part = (sha ? request.checksumSHA256(text) : request.contentMD5(text)).build();
        var answer = calls.call(
                publication.action() + ", part " + part.partNumber(),
                s3 -> s3.uploadPart(part, Publication.body(bytes, length)));
        return CompletedPart.builder()
                .partNumber(part.partNumber())
                .eTag(answer.eTag())
                .checksumSHA256(sha ? text : null)
                .build();
    }

    private void check() throws StoreException {
        StoreException first = failure.get();
        if (first != null) {
            throw first;
        }
    }

    StoredObject complete(long size) throws StoreException, InterruptedException {
        slots.acquire(most);
        slots.release(most);
        check();
        List<CompletedPart> parts = List.copyOf(sent.values());
        var request = CompleteMultipartUploadRequest.builder()
                .bucket(bucket.name())
                .key(key.path())
                .uploadId(id)
                .ifNoneMatch(publication.condition())
                .multipartUpload(m -> m.parts(parts))
                .build();
        var version = publication.write(
                s3 -> S3Objects.version(s3.completeMultipartUpload(request).versionId()));
        return publication.confirm(version, size, checksum());
    }

    /** S3's checksum of checksums: of the parts' digests, and how many there are. */
    private String checksum() {
        if (calls.settings().integrity() != S3Settings.Integrity.SHA256) {
            return "";
        }
        var all = Sha256.digest();
        sent.values().forEach(each -> all.update(Base64.getDecoder().decode(each.checksumSHA256())));
        return PartDigest.base64(all.digest()) + "-" + sent.size();
    }

    /** Removes what was sent, as far as the server answers. Goes on when its own thread is interrupted, for a limited time. */
    void abort() {
        senders.forEach(Thread::interrupt);
        var aborting = Thread.startVirtualThread(() -> {
            try {
                slots.acquire(most); // a part that arrives after the abort would stay
                calls.call(
                        publication.action() + ", giving up",
                        s3 -> s3.abortMultipartUpload(
                                r -> r.bucket(bucket.name()).key(key.path()).uploadId(id)));
            } catch (StoreException | InterruptedException e) {
                // It stays invisible there until S3Store.sweep.
            }
        });
        boolean interrupted = Thread.interrupted();
        try {
            if (!aborting.join(ABORT_WAIT)) {
                aborting.interrupt();
            }
        } catch (InterruptedException e) {
            interrupted = true;
            aborting.interrupt();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
