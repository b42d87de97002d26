package dev.foundation.cli;

import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Known;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.Point.Sealed;
import dev.foundation.bundle.Points;
import dev.foundation.bundle.SealCache;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.bundle.Trust;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.store.ObjectStore;
import dev.foundation.verify.PointBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * A point whose seal this process itself has proved, and where its bytes come from.
 *
 * @param place for messages
 */
record FoundPoint(SignedSeal signed, PointBytes bytes, String place) {

    /** @param typed a point's name, or {@code latest} */
    static FoundPoint atAgent(AgentDoor door, FoundationSpec spec, String typed) throws IOException {
        String id = PointArgument.resolve(door, typed);
        Trust trust = trust(spec);
        SignedSeal signed = SignedSeal.check(
                OpenedContents.bytes(door, id, Names.SEAL),
                new String(OpenedContents.bytes(door, id, Names.SIGNATURE), StandardCharsets.US_ASCII),
                trust.publicLines(),
                trust.instance());
        if (!signed.seal().point().toString().equals(id)) {
            throw new IOException("the seal that was given for " + id + " is that of "
                    + signed.seal().point());
        }
        return new FoundPoint(signed, name -> OpenedContents.open(door, id, name), "the agent's stores");
    }

    /** @param typed a point's name, or {@code latest}: the highest sequence of the highest epoch */
    static FoundPoint in(ObjectStore store, FoundationSpec spec, String typed)
            throws IOException, InterruptedException {
        Points points = new Points(store, trust(spec), SealCache.none(), new SecureRandom());
        String place = store.name() + " (" + store.place() + ")";
        Optional<Sealed> found = typed.equals(PointArgument.LATEST)
                ? points.listAfresh(Known.nothing()).newest()
                : points.read(BundleId.of(typed)).sealed().stream().findFirst();
        SignedSeal signed = found.orElseThrow(() -> new IOException("no point that is signed by this foundation's key"
                        + (typed.equals(PointArgument.LATEST) ? "" : ", named " + typed + ",") + " is at " + place))
                .signed();
        return new FoundPoint(signed, PointBytes.at(store, signed), place);
    }

    /** Whose points this host believes, by its own configuration. */
    static Trust trust(FoundationSpec spec) throws IOException {
        List<String> keys = spec.backup().sealPublicKeys();
        if (keys.isEmpty()) {
            throw new IOException(
                    "foundation:sealPublicKey is not in Pulumi.foundation.yaml: without it no point can be"
                            + " told from a forged one. It is on the recovery sheet");
        }
        return new Trust(spec.instanceId(), spec.recovery().epoch(), keys);
    }
}
