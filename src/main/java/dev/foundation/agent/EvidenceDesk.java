package dev.foundation.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.foundation.bundle.BundleException;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Point;
import dev.foundation.bundle.Points;
import dev.foundation.bundle.SealCache;
import dev.foundation.proof.Evidence;
import dev.foundation.proof.Proofs;
import dev.foundation.seal.SealException;
import dev.foundation.spec.BackupPlan;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes the evidence of proofs that ran outside, and tells what the stores have of it. Only what one of our keys signed is taken or told; the desk signs
 * nothing itself.
 */
final class EvidenceDesk {
    private static final JsonMapper JSON = new JsonMapper();
    /** A clock may be this far off. */
    private static final Duration AHEAD = Duration.ofHours(1);

    private final InstantSource clock;
    private volatile Proofs proofs = new Proofs(List.of());
    private volatile List<String> keys = List.of();

    EvidenceDesk(InstantSource clock) {
        this.clock = clock;
    }

    /** Told by the stores that answered: the newest evidence of each point, and what somebody must look at. */
    record Told(Map<BundleId, Evidence> newest, List<String> alarms) {}

    /**
     * What was accepted.
     *
     * @param problems places that did not keep it, each a sentence
     */
    record Accepted(Evidence evidence, List<String> problems) {}

    /** Keys change with a new plan; what the old ones proved is then proved again. */
    private synchronized Proofs proofs(BackupPlan plan) {
        if (!plan.sealPublicKeys().equals(keys)) {
            keys = plan.sealPublicKeys();
            proofs = new Proofs(keys);
        }
        return proofs;
    }

    /**
     * Checks before anything is written, then writes to every place.
     *
     * @param body JSON: {@code evidence}, the canonical document as text, and {@code signature}, armored
     * @throws IllegalArgumentException if it is not to be believed; nothing was written
     * @throws IOException if no place could keep it
     */
    Accepted accept(byte[] body, BackupPlan plan, List<ObjectStore> stores) throws IOException, InterruptedException {
        if (body.length > Proofs.MAX_BYTES) {
            throw new IllegalArgumentException("evidence has at most " + Proofs.MAX_BYTES + " bytes");
        }
        JsonNode envelope = envelope(body);
        String signature = envelope.path("signature").asText("");
        Evidence evidence;
        try {
            evidence = Evidence.proved(
                    envelope.path("evidence").asText("").getBytes(StandardCharsets.UTF_8),
                    signature,
                    plan.sealPublicKeys());
        } catch (SealException | BundleException e) {
            throw new IllegalArgumentException("this evidence is refused: " + e.getMessage());
        }
        if (!evidence.instance().equals(plan.instanceId())) {
            throw new IllegalArgumentException("this evidence is another foundation's, " + evidence.instance());
        }
        if (evidence.ended().isAfter(clock.instant().plus(AHEAD))) {
            throw new IllegalArgumentException(
                    "this evidence is of the future, " + evidence.ended() + ": look at the clocks of both hosts");
        }
        List<String> problems = new ArrayList<>();
        if (!known(evidence, plan, stores, problems)) {
            throw new IllegalArgumentException("this evidence is of " + evidence.point() + ", sequence "
                    + evidence.sequence() + ", and no place has that point"
                    + (problems.isEmpty() ? "" : ": " + String.join("; ", problems)));
        }
        problems.clear();
        for (ObjectStore store : stores) {
            try {
                proofs(plan).write(store, evidence, signature);
            } catch (StoreException e) {
                problems.add(store.name() + " did not keep the evidence: " + e.getMessage());
            }
        }
        if (problems.size() == stores.size()) {
            throw new IOException(String.join("; ", problems));
        }
        return new Accepted(evidence, problems);
    }

    private static JsonNode envelope(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("evidence comes as JSON with the fields evidence and signature");
        }
    }

    private static boolean known(Evidence evidence, BackupPlan plan, List<ObjectStore> stores, List<String> problems)
            throws InterruptedException {
        for (ObjectStore store : stores) {
            try {
                var points = new Points(store, BackupJobRun.trust(plan), SealCache.none(), new SecureRandom());
                if (points.read(evidence.point()).points().getFirst() instanceof Point.Sealed point
                        && point.seal().sequence() == evidence.sequence()
                        && point.seal().epoch() == evidence.epoch()) {
                    return true;
                }
            } catch (StoreException e) {
                problems.add(store.name() + ": " + e.getMessage());
            }
        }
        return false;
    }

    /** A place that does not answer has no say; listings of its points tell that it is silent. */
    Told tell(BackupPlan plan, List<ObjectStore> stores) throws InterruptedException {
        Map<BundleId, Evidence> newest = new HashMap<>();
        Set<String> alarms = new LinkedHashSet<>();
        Instant now = clock.instant();
        for (ObjectStore store : stores) {
            try {
                Proofs.Listing listing = proofs(plan).list(store, now);
                listing.alarms().forEach(each -> alarms.add(store.name() + ": " + each));
                for (Evidence each : listing.valid()) {
                    if (each.instance().equals(plan.instanceId())) {
                        newest.merge(each.point(), each, (a, b) -> b.ended().isAfter(a.ended()) ? b : a);
                    }
                }
            } catch (StoreException e) {
                alarms.add(store.name() + ": its evidence could not be read: " + e.getMessage());
            }
        }
        return new Told(newest, List.copyOf(alarms));
    }
}
