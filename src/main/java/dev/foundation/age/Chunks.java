package dev.foundation.age;

import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The chunks of an age payload (C2SP age, "Payload"): ChaCha20-Poly1305 over 64 KiB, the nonce an 11 byte big-endian counter and a byte that is 1
 * for the last chunk. One thread at a time.
 */
final class Chunks {
    static final int PLAIN = 64 * 1024;
    static final int TAG = 16;
    static final int SEALED = PLAIN + TAG;
    /** Chunks that one worker takes at a time: a MiB. Each is a cipher call of its own, which matters in a cold JVM. */
    static final int GROUP = 16;

    private final Cipher cipher;
    private final SecretKeySpec key;

    Chunks(CipherKey payloadKey) {
        byte[] bytes = payloadKey.getEncoded();
        key = new SecretKeySpec(bytes, "ChaCha20");
        try {
            cipher = Cipher.getInstance("ChaCha20-Poly1305");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK 25 has ChaCha20-Poly1305", e);
        }
    }

    /** Writes {@code length} and {@link #TAG} bytes. */
    void seal(byte[] plain, int at, int length, byte[] sealed, int to, long counter, boolean last) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, nonce(counter, last));
            cipher.doFinal(plain, at, length, sealed, to);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a chunk could not be sealed", e);
        }
    }

    /** Writes {@code length} less {@link #TAG} bytes if the chunk is what was sealed at this place, else none. */
    boolean open(byte[] sealed, int at, int length, byte[] plain, int to, long counter, boolean last) {
        if (length < TAG) {
            return false;
        }
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, nonce(counter, last));
            cipher.doFinal(sealed, at, length, plain, to);
            return true;
        } catch (AEADBadTagException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a chunk could not be opened", e);
        }
    }

    private static IvParameterSpec nonce(long counter, boolean last) {
        return new IvParameterSpec(ByteBuffer.allocate(12)
                .putLong(3, counter)
                .put(11, (byte) (last ? 1 : 0))
                .array());
    }
}
