package dev.foundation.cli;

import dev.foundation.age.AgeOpener;
import dev.foundation.event.RunEvent;
import dev.foundation.secret.Secret;
import dev.foundation.stream.Digesting;
import dev.foundation.stream.Meter;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/** Gets one artifact of a point: read once, checked against the seal, opened, and where asked for one file taken out of it. */
final class Extraction {
    private final AgentDoor door;
    private final RunView view;

    Extraction(AgentDoor door, RunView view) {
        this.door = door;
        this.view = view;
    }

    /**
     * What was written counts only if this returns.
     *
     * @param identities of which one opens the artifact; none are needed where it lies in clear
     * @param member a file of a tar archive; empty for the whole artifact
     * @throws IOException if a byte is not as sealed
     */
    void copy(
            String point, SealedArtifact artifact, List<Secret<String>> identities, String member, OutputStream target)
            throws IOException {
        try (AgentCall call = door.object(point, artifact.name());
                Digesting sealed = new Digesting(metered(call.body(), artifact))) {
            try {
                write(sealed, artifact, identities, member, target);
                sealed.transferTo(OutputStream.nullOutputStream());
            } catch (AgentException e) {
                throw e;
            } catch (IOException e) {
                // If the stored bytes are not those that were sealed, that is the cause, and this what came of it.
                if (rest(sealed)) {
                    check(point, artifact, sealed);
                }
                throw new IOException(artifact.name() + " of " + point + ": " + e.getMessage(), e);
            }
            check(point, artifact, sealed);
        }
    }

    private static void write(
            InputStream sealed,
            SealedArtifact artifact,
            List<Secret<String>> identities,
            String member,
            OutputStream target)
            throws IOException {
        InputStream source = unclosed(sealed);
        try (InputStream plain = artifact.closed() ? AgeOpener.open(source, identities) : source) {
            if (member.isEmpty()) {
                plain.transferTo(target);
            } else {
                TarMember.copy(plain, member, target);
            }
        }
    }

    /** Whether the source could be read to its end, so that its digest tells. */
    private static boolean rest(InputStream sealed) {
        try {
            sealed.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void check(String point, SealedArtifact artifact, Digesting sealed) throws IOException {
        if (sealed.size() != artifact.size()) {
            throw changed(point, artifact, "it has " + sealed.size() + " bytes, and the seal says " + artifact.size());
        }
        if (!sealed.sha256().equals(artifact.sha256())) {
            throw changed(point, artifact, "its sha256 is not the one in the seal");
        }
    }

    private static IOException changed(String point, SealedArtifact artifact, String how) {
        return new IOException(artifact.name() + " of " + point + " is not what was sealed: " + how
                + ". Nothing of it can be trusted; `./foundation verify --point " + point
                + "` says at which places it is whole");
    }

    private InputStream metered(InputStream body, SealedArtifact artifact) {
        view.event(new RunEvent.Began(artifact.plainName()));
        return new Meter(
                body,
                Duration.ofMillis(250),
                System::nanoTime,
                (total, perSecond, _) ->
                        view.event(new RunEvent.Advanced(artifact.plainName(), total, artifact.size(), perSecond)));
    }

    /** The opener closes its source, which is still to be read to its end. */
    private static InputStream unclosed(InputStream sealed) {
        return new FilterInputStream(sealed) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return in.read(buffer, offset, length);
            }

            @Override
            public void close() {}
        };
    }
}
