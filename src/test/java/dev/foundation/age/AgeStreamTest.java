package dev.foundation.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.secret.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AgeStreamTest {
    private static final int CHUNK = 65_536;
    private static final int SEALED = CHUNK + 16;
    private final AgeIdentity ours = AgeIdentity.generate();
    private final AgeIdentity other = AgeIdentity.generate();

    private static byte[] sample(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private byte[] seal(byte[] plain, int workers) throws IOException {
        try (InputStream stream = AgeSealer.seal(
                new ByteArrayInputStream(plain), List.of(ours.recipient(), other.recipient()), workers)) {
            return stream.readAllBytes();
        }
    }

    private static byte[] open(byte[] sealed, AgeIdentity... identities) throws IOException {
        try (InputStream stream = AgeOpener.open(
                new ByteArrayInputStream(sealed),
                Arrays.stream(identities).map(AgeIdentity::identity).toList())) {
            return stream.readAllBytes();
        }
    }

    @Test
    void whatIsSealedOpensForEachRecipient() throws IOException {
        for (int size :
                new int[] {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 15 * CHUNK, 15 * CHUNK + 1, 30 * CHUNK, 3_333_333}) {
            byte[] plain = sample(size);
            for (int workers : new int[] {1, 2, 4}) {
                byte[] sealed = seal(plain, workers);
                int header = sealed.length - size - 16 * Math.max(1, (size + CHUNK - 1) / CHUNK);
                assertThat(header).isBetween(200, 450);
                assertThat(open(sealed, ours)).isEqualTo(plain);
                assertThat(open(sealed, AgeIdentity.generate(), other)).isEqualTo(plain);
            }
        }
    }

    @Test
    void anotherIdentityIsToldSoWithoutBeingShown() throws IOException {
        byte[] sealed = seal(sample(10), 2);
        AgeIdentity wrong = AgeIdentity.generate();
        assertThatThrownBy(() -> open(sealed, wrong))
                .isInstanceOfSatisfying(
                        AgeException.class, e -> assertThat(e.kind()).isEqualTo(AgeException.Kind.NO_IDENTITY))
                .hasMessage("none of the given identities opens this: it was sealed to other recipients")
                .hasNoCause();
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutBeingQuoted() {
        String secret = ours.identity().expose();
        var nothing = new ByteArrayInputStream(new byte[0]);
        assertThatThrownBy(() -> AgeSealer.seal(nothing, List.of(ours.recipient(), secret), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("recipient 2 is no age recipient (age1... of X25519)")
                .hasNoCause();
        assertThatThrownBy(() -> AgeSealer.seal(nothing, List.of(), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AgeOpener.open(nothing, List.of(Secret.of(secret.substring(3)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("identity 1 is no age identity (AGE-SECRET-KEY-1... of X25519)")
                .hasNoCause();
        assertThatThrownBy(() -> AgeOpener.open(nothing, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCutAnywhereIsRefusedAndWhatCameBeforeIsTrue() throws IOException {
        byte[] plain = sample(20 * CHUNK + 100);
        byte[] sealed = seal(plain, 2);
        int header = sealed.length - plain.length - 21 * 16;
        var lengths = new TreeSet<Integer>();
        for (int i = 0; i < header + 40; i++) {
            lengths.add(i);
        }
        for (int chunk = 1; chunk <= 20; chunk++) {
            for (int near : new int[] {-17, -1, 0, 1, 15, 16, 17}) {
                lengths.add(header + chunk * SEALED + near);
            }
        }
        lengths.add(sealed.length - 1);
        for (int length : lengths) {
            assertRefused(Arrays.copyOf(sealed, length), plain);
        }
    }

    @Test
    void whatFollowsTheEndIsRefused() throws IOException {
        for (int size : new int[] {0, 100, CHUNK, 15 * CHUNK, 15 * CHUNK + 5}) {
            byte[] plain = sample(size);
            byte[] sealed = seal(plain, 2);
            for (int more : new int[] {1, 16, 17, 1000, SEALED, 20 * SEALED}) {
                byte[] longer = Arrays.copyOf(sealed, sealed.length + more);
                assertRefused(longer, plain);
            }
        }
    }

    @Test
    void chunksInAnotherOrderAreRefused() throws IOException {
        byte[] plain = sample(20 * CHUNK);
        byte[] sealed = seal(plain, 2);
        int header = sealed.length - 20 * SEALED;
        for (int[] pair : new int[][] {{0, 1}, {3, 17}, {18, 19}, {0, 19}}) {
            byte[] swapped = sealed.clone();
            System.arraycopy(sealed, header + pair[0] * SEALED, swapped, header + pair[1] * SEALED, SEALED);
            System.arraycopy(sealed, header + pair[1] * SEALED, swapped, header + pair[0] * SEALED, SEALED);
            assertRefused(swapped, plain);
        }
        byte[] dropped = new byte[sealed.length - SEALED];
        System.arraycopy(sealed, 0, dropped, 0, header + 5 * SEALED);
        System.arraycopy(
                sealed, header + 6 * SEALED, dropped, header + 5 * SEALED, dropped.length - header - 5 * SEALED);
        assertRefused(dropped, plain);
    }

    @Test
    void noFlippedBitGoesUnnoticed() throws IOException {
        byte[] plain = sample(2 * CHUNK + 50);
        byte[] sealed = seal(plain, 2);
        var random = new Random(11);
        for (int turn = 0; turn < 400; turn++) {
            byte[] flipped = sealed.clone();
            int at = turn < 300 ? turn : random.nextInt(sealed.length);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            assertRefused(flipped, plain);
        }
    }

    @Test
    void aSourceThatFailsSealsNothingToItsEnd() {
        var failing = new SequenceInputStream(new ByteArrayInputStream(sample(3_000_000)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the dump died");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }
        });
        var sealed = new ByteArrayOutputStream();
        assertThatThrownBy(() -> {
                    try (InputStream stream = AgeSealer.seal(failing, List.of(ours.recipient()), 2)) {
                        stream.transferTo(sealed);
                    }
                })
                .hasMessage("the dump died");
        assertThatThrownBy(() -> open(sealed.toByteArray(), ours)).isInstanceOf(AgeException.class);
    }

    private void assertRefused(byte[] sealed, byte[] plain) {
        var read = new ByteArrayOutputStream();
        assertThatThrownBy(() -> {
                    try (InputStream stream =
                            AgeOpener.open(new ByteArrayInputStream(sealed), AgeKeys.of(List.of(ours.identity())), 2)) {
                        stream.transferTo(read);
                    }
                })
                .isInstanceOf(AgeException.class);
        assertThat(Arrays.mismatch(plain, read.toByteArray())).isIn(-1, read.size()); // a true beginning
    }
}
