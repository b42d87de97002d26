package dev.foundation.age;

import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import dev.foundation.secret.Secret;
import dev.foundation.stream.Block;
import dev.foundation.stream.Ordered;
import dev.foundation.stream.Transform;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Opens an age file (C2SP age, binary format) as a stream. Every byte it yields was authenticated, and it ends normally only at the end that was
 * sealed: a file that was cut, reordered, changed, or goes on after its end makes the read fail where it is found. Until the end was reached, what
 * was read is a true beginning, not the whole. age proves no sender: whoever knows a recipient can seal to it.
 *
 * <p>The header is jagged's work; the payload is opened here, by several workers.
 */
public final class AgeOpener {
    private AgeOpener() {}

    /**
     * Reads the header at once. Closing the result closes {@code sealed}; if this throws, {@code sealed} is still the caller's.
     *
     * @param keys of which one must fit
     * @param workers most groups of chunks opened at a time
     * @throws AgeException if the header is damaged or no identity fits; the stream's reads throw it for the payload
     */
    public static InputStream open(InputStream sealed, AgeKeys keys, int workers) throws IOException {
        InputStream buffered = new BufferedInputStream(sealed, 16 * 1024);
        CipherKey key = AgeHeader.read(buffered, keys.readers());
        return new Ordered(
                buffered, "open", new byte[0], Chunks.GROUP * Chunks.SEALED, workers, () -> new Opening(key));
    }

    /** As {@link #open(InputStream, AgeKeys, int)}, on all processors. */
    public static InputStream open(InputStream sealed, AgeKeys keys) throws IOException {
        return open(sealed, keys, Runtime.getRuntime().availableProcessors());
    }

    /** One file. @throws IllegalArgumentException as {@link AgeKeys#of} */
    public static InputStream open(InputStream sealed, List<Secret<String>> identities) throws IOException {
        return open(sealed, AgeKeys.of(identities));
    }

    private static final class Opening implements Transform {
        private final Chunks chunks;

        Opening(CipherKey key) {
            chunks = new Chunks(key);
        }

        @Override
        public void apply(Block block) throws IOException {
            long counter = block.index() * Chunks.GROUP;
            if (block.length() == 0) {
                throw damaged("is cut: its content is missing");
            }
            block.room(block.length());
            for (int at = 0; at < block.length(); at += Chunks.SEALED) {
                int length = Math.min(Chunks.SEALED, block.length() - at);
                boolean last = block.last() && at + length == block.length();
                chunk(block, at, length, counter++, last);
            }
        }

        /** A chunk that is true but in another place as to the end is yielded, as age does, before its neighbourhood is refused. */
        private void chunk(Block block, int at, int length, long counter, boolean last) throws IOException {
            byte[] output = block.room(Math.max(0, length - Chunks.TAG));
            if (chunks.open(block.input(), at, length, output, block.size(), counter, last)) {
                if (length == Chunks.TAG && counter > 0) {
                    throw damaged("ends with an empty chunk, which no age writes");
                }
                block.advance(length - Chunks.TAG);
                return;
            }
            if (length == Chunks.SEALED
                    && chunks.open(block.input(), at, length, output, block.size(), counter, !last)) {
                block.advance(length - Chunks.TAG);
                throw damaged(last ? "is cut: its end is missing" : "goes on after its end");
            }
            throw damaged("is damaged in chunk " + counter + " (of 64 KiB, from 0): changed, cut, or in another order");
        }

        private static AgeException damaged(String how) {
            return new AgeException(AgeException.Kind.PAYLOAD, "the age file " + how, null);
        }
    }
}
