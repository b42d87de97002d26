package dev.foundation.proof;

import dev.foundation.bundle.BundleException;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Names;
import dev.foundation.seal.SealException;
import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import dev.foundation.store.StoredObject;
import dev.foundation.store.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The evidence in a store: {@code proofs/<point>-<moment>.json}, its signature {@code .json.sig}, written last, and {@code .md} for people, which
 * nothing reads. What is not signed by us is never believed. It stays when its point is pruned. Safe for many threads.
 */
public final class Proofs {
    /** No evidence is larger. */
    public static final int MAX_BYTES = 1 << 20;

    private static final String JSON = ".json";
    private static final String SIGNATURE = ".json.sig";
    /** So long may a writer take between a document and its signature. */
    private static final Duration WRITING = Duration.ofMinutes(10);

    private final List<String> publicKeys;
    /** What was proved once needs no second look: by store, name and version. */
    private final Map<String, Evidence> proved = new ConcurrentHashMap<>();

    /** @param publicKeys whose signatures are believed: {@code ssh-ed25519 AAAA...} */
    public Proofs(List<String> publicKeys) {
        this.publicKeys = List.copyOf(publicKeys);
    }

    /** @param alarms what somebody must look at, each a sentence */
    public record Listing(List<Evidence> valid, List<String> alarms) {
        public Listing {
            valid = List.copyOf(valid);
            alarms = List.copyOf(alarms);
        }
    }

    /** The name without its ending. */
    public static String base(Evidence evidence) {
        return Names.PROOFS + "/" + evidence.point() + "-" + new BundleId(evidence.ended());
    }

    /** Writes it, if it is not there already. @throws StoreException with {@code EXISTS} if something else has its name */
    public void write(ObjectStore store, Evidence evidence, String signature)
            throws StoreException, InterruptedException {
        byte[] json = evidence.bytes();
        put(store, new ObjectKey(base(evidence) + JSON), json);
        put(store, new ObjectKey(base(evidence) + ".md"), evidence.markdown().getBytes(StandardCharsets.UTF_8));
        put(store, new ObjectKey(base(evidence) + SIGNATURE), signature.getBytes(StandardCharsets.US_ASCII));
    }

    private static void put(ObjectStore store, ObjectKey key, byte[] content)
            throws StoreException, InterruptedException {
        try (Upload upload = store.begin(key)) {
            upload.write(content, 0, content.length);
            StoredObject unused = upload.complete();
        } catch (StoreException e) {
            if (e.kind() != Kind.EXISTS || !Arrays.equals(oldest(store, key), content)) {
                throw e;
            }
        }
    }

    /** All evidence of a store, oldest first. @throws StoreException if it cannot be asked: never a short list */
    public Listing list(ObjectStore store, Instant now) throws StoreException, InterruptedException {
        Map<String, StoredObject> found = new TreeMap<>();
        store.list(Names.PROOFS + "/", each -> found.put(each.key().path(), each));
        List<Evidence> valid = new ArrayList<>();
        List<String> alarms = new ArrayList<>();
        for (Map.Entry<String, StoredObject> each : found.entrySet()) {
            String path = each.getKey();
            if (!path.endsWith(JSON)) {
                continue;
            }
            if (!found.containsKey(path + ".sig")) {
                if (each.getValue().modified().plus(WRITING).isBefore(now)) {
                    alarms.add(path + " is not signed: it proves nothing. Find out who wrote it.");
                }
                continue;
            }
            try {
                valid.add(read(store, each.getValue()));
            } catch (SealException | BundleException e) {
                alarms.add(path + " is refused: " + e.getMessage() + ". It proves nothing. Find out who wrote it.");
            }
        }
        valid.sort((a, b) -> a.ended().compareTo(b.ended()));
        return new Listing(valid, alarms);
    }

    private Evidence read(ObjectStore store, StoredObject json)
            throws StoreException, InterruptedException, SealException, BundleException {
        ObjectKey key = json.key();
        String known = store.name() + " " + key + " " + json.size() + " " + json.modified();
        Evidence before = proved.get(known);
        if (before != null) {
            return before;
        }
        byte[] content = oldest(store, key);
        String signature = new String(oldest(store, new ObjectKey(key.path() + ".sig")), StandardCharsets.US_ASCII);
        Evidence evidence = Evidence.proved(content, signature, publicKeys);
        if (!key.path().equals(base(evidence) + JSON)) {
            throw new BundleException("it is of " + base(evidence) + ", and lies under another name");
        }
        proved.put(known, evidence);
        return evidence;
    }

    /** Whatever came over it later is not ours (P2). */
    private static byte[] oldest(ObjectStore store, ObjectKey key) throws StoreException, InterruptedException {
        List<StoredObject> versions = store.versions(key);
        String version = versions.isEmpty() ? "" : versions.getFirst().version();
        try (InputStream in = version.isEmpty() ? store.open(key) : store.open(key, version)) {
            return in.readNBytes(MAX_BYTES + 1);
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreException(Kind.TRANSIENT, "reading " + key + " at " + store.place() + " broke off", e);
        }
    }
}
