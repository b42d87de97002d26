package dev.foundation.kit;

import dev.foundation.age.AgeIdentity;
import dev.foundation.age.AgeOpener;
import dev.foundation.bundle.Manifest;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.Seal;
import dev.foundation.bundle.SealedObject;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.secret.Secret;
import dev.foundation.stream.Sha256;
import dev.foundation.verify.PointBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whether what was typed from the paper opens a point. The seal's signature was checked by who found the point. */
public final class Proof {
    private static final int MOST = 64 << 20;
    private static final String IDENTITY = "backupAgeIdentity";

    private Proof() {}

    /**
     * The passphrase opens the point's own configuration, the identity its manifest, and that belongs to the seal.
     *
     * @return what was proved, a sentence each
     * @throws IOException that says which of the two does not open what, or which object is not as sealed
     */
    public static List<String> of(
            SignedSeal point, PointBytes bytes, Secret<String> passphrase, Secret<String> identity)
            throws IOException, InterruptedException {
        Seal seal = point.seal();
        AgeIdentity key;
        try {
            key = AgeIdentity.of(identity);
        } catch (IllegalArgumentException e) {
            throw new IOException("what was typed as the identity is none: it begins with AGE-SECRET-KEY-1");
        }
        String configuration = new String(read(seal, bytes, Names.CONFIGURATION), StandardCharsets.UTF_8);
        StackSecrets secrets = StackSecrets.open(
                Names.CONFIGURATION + " of the point " + seal.point()
                        + " (was the passphrase changed since it was taken?"
                        + " Then take a new one: ./foundation backup)",
                configuration,
                passphrase);
        boolean same = secrets.find(IDENTITY)
                .filter(all -> AgeIdentity.lines(all).stream()
                        .anyMatch(each -> each.expose().equals(key.identity().expose())))
                .isPresent();
        if (!seal.recipients().contains(key.recipient())) {
            throw new IOException(
                    "the identity does not open the point " + seal.point() + ": it is that of "
                            + key.recipient() + ", and the point is sealed to "
                            + String.join(" and ", seal.recipients())
                            + ". Print a new sheet (./foundation kit export); if the identity was rotated since that point, take a new one first: ./foundation backup");
        }
        byte[] sealed = read(seal, bytes, Names.MANIFEST + Names.AGE);
        try (InputStream plain = AgeOpener.open(new ByteArrayInputStream(sealed), List.of(key.identity()))) {
            Manifest.parse(plain.readAllBytes()).checkAgainst(seal);
        }
        return List.of(
                "the seal of " + seal.point() + " is signed by our key (sequence " + seal.sequence() + ", epoch "
                        + seal.epoch() + ")",
                "the passphrase opens that point's own configuration",
                "the identity opens its manifest, which is as sealed"
                        + (same
                                ? ", and is the one in that configuration"
                                : "; it is of another generation than the" + " configuration's"));
    }

    private static byte[] read(Seal seal, PointBytes bytes, String name) throws IOException, InterruptedException {
        SealedObject object = seal.object(name)
                .orElseThrow(() -> new IOException(
                        "the point " + seal.point() + " has no " + name + ": it cannot be recovered from"));
        try (InputStream in = bytes.open(name)) {
            byte[] content = in.readNBytes(MOST);
            if (!Sha256.of(content).equals(object.sha256())) {
                throw new IOException(
                        name + " of " + seal.point() + " is not what was sealed: `./foundation verify` says more");
            }
            return content;
        }
    }
}
