package dev.foundation.age;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import com.exceptionfactory.jagged.framework.format.StandardPayloadKeyWriter;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import dev.foundation.stream.Block;
import dev.foundation.stream.Ordered;
import dev.foundation.stream.Transform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Seals a stream to age recipients: the binary format of C2SP age, without armor, as {@code age -r} writes it. */
public final class AgeSealer {
    private static final int HEADER_ROOM = 1024;
    private static final int STANZA_ROOM = 256;

    private AgeSealer() {}

    /**
     * The sealed stream; closing it closes {@code plain}. Each call takes a key of its own, so no two results are alike.
     *
     * @param recipients X25519 recipients ({@code age1...}), at least one; each can open the result alone
     * @param workers most groups of chunks sealed at a time
     * @throws IllegalArgumentException if one is no such recipient; it is not quoted, for it may be an identity put in the wrong place
     */
    public static InputStream seal(InputStream plain, List<String> recipients, int workers) {
        List<RecipientStanzaWriter> writers = writers(recipients);
        ByteBuffer header = ByteBuffer.allocate(HEADER_ROOM + STANZA_ROOM * writers.size());
        CipherKey key;
        try {
            key = new StandardPayloadKeyWriter().writeFileHeader(header, writers);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the header of an age file could not be made", e);
        }
        byte[] head = Arrays.copyOf(header.array(), header.position());
        return payload(plain, head, key, workers);
    }

    static InputStream payload(InputStream plain, byte[] head, CipherKey key, int workers) {
        return new Ordered(plain, "seal", head, Chunks.GROUP * Chunks.PLAIN, workers, () -> new Sealing(key));
    }

    private static List<RecipientStanzaWriter> writers(List<String> recipients) {
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException(
                    "nothing is sealed to nobody: name at least one age recipient (age1...)");
        }
        List<RecipientStanzaWriter> writers = new ArrayList<>();
        for (String each : recipients) {
            try {
                writers.add(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(each));
            } catch (GeneralSecurityException | RuntimeException e) {
                // Not the cause: a decoder may quote what it cannot read.
                throw new IllegalArgumentException(
                        "recipient " + (writers.size() + 1) + " is no age recipient (age1... of X25519)");
            }
        }
        return writers;
    }

    private static final class Sealing implements Transform {
        private final Chunks chunks;

        Sealing(CipherKey key) {
            chunks = new Chunks(key);
        }

        /** The empty stream is one empty last chunk; of any other the last chunk is not empty, and may be full. */
        @Override
        public void apply(Block block) {
            long counter = block.index() * Chunks.GROUP;
            block.room(block.length() + (block.length() / Chunks.PLAIN + 1) * Chunks.TAG);
            int at = 0;
            do {
                int length = Math.min(Chunks.PLAIN, block.length() - at);
                boolean last = block.last() && at + length == block.length();
                byte[] output = block.room(length + Chunks.TAG);
                chunks.seal(block.input(), at, length, output, block.size(), counter++, last);
                block.advance(length + Chunks.TAG);
                at += length;
            } while (at < block.length());
        }
    }
}
