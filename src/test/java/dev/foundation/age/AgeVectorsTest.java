package dev.foundation.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import dev.foundation.secret.Secret;
import dev.foundation.stream.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** age's own test vectors; see the NOTICE beside them. */
final class AgeVectorsTest {
    private static final Path FOLDER = Path.of("src/test/resources/dev/foundation/age/vectors");

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Vector(Map<String, String> facts, List<Secret<String>> identities, byte[] file) {
        static Vector of(Path path) throws IOException {
            byte[] bytes = Files.readAllBytes(path);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\n\n");
            Map<String, String> facts = new HashMap<>();
            List<Secret<String>> identities = new ArrayList<>();
            for (String line : text.substring(0, end).split("\n", -1)) {
                String[] fact = line.split(": ", 2);
                facts.put(fact[0], fact[1]);
                if (fact[0].equals("identity") && !fact[1].startsWith("AGE-SECRET-KEY-PQ-")) {
                    identities.add(Secret.of(fact[1]));
                }
            }
            InputStream file = new ByteArrayInputStream(bytes, end + 2, bytes.length - end - 2);
            return new Vector(
                    facts,
                    identities,
                    (facts.containsKey("compressed") ? new InflaterInputStream(file) : file).readAllBytes());
        }
    }

    @TestFactory
    Stream<DynamicTest> eachVectorOpensAsExpected() throws IOException {
        List<Path> paths;
        try (Stream<Path> files = Files.list(FOLDER)) {
            paths = files.filter(each -> !each.getFileName().toString().matches("NOTICE|\\.gitattributes"))
                    .sorted()
                    .toList();
        }
        assertThat(paths).hasSizeGreaterThan(65);
        return paths.stream()
                .flatMap(path -> Stream.of(1, 3)
                        .map(workers -> DynamicTest.dynamicTest(
                                path.getFileName() + ", " + workers + " workers", () -> check(path, workers))));
    }

    private static void check(Path path, int workers) throws IOException {
        Vector vector = Vector.of(path);
        var plain = new ByteArrayOutputStream();
        String expected = vector.facts().get("expect");
        if (path.getFileName().toString().matches("x25519_(identity|low_order)")) {
            expected = "no match"; // a share of small order: refused as age does, but told as a stanza of another's
        }
        if (expected.equals("success")) {
            read(vector, plain, workers);
            sealsToTheSamePayload(vector, plain.toByteArray());
        } else {
            AgeException.Kind kind = switch (expected) {
                case "no match" -> AgeException.Kind.NO_IDENTITY;
                case "HMAC failure", "header failure" -> AgeException.Kind.HEADER;
                case "payload failure" -> AgeException.Kind.PAYLOAD;
                default -> throw new AssertionError(expected);
            };
            assertThatThrownBy(() -> read(vector, plain, workers))
                    .isInstanceOfSatisfying(
                            AgeException.class, e -> assertThat(e.kind()).isEqualTo(kind));
        }
        if (vector.facts().containsKey("payload")) {
            assertThat(Sha256.of(plain.toByteArray()).hex())
                    .isEqualTo(vector.facts().get("payload"));
        } else {
            assertThat(plain.size()).isZero();
        }
    }

    private static void read(Vector vector, ByteArrayOutputStream plain, int workers) throws IOException {
        try (InputStream stream =
                AgeOpener.open(new ByteArrayInputStream(vector.file()), AgeKeys.of(vector.identities()), workers)) {
            stream.transferTo(plain);
        }
    }

    /** With the vector's own key, our payload is the vector's, byte for byte. */
    private static void sealsToTheSamePayload(Vector vector, byte[] plain) throws IOException {
        var file = new ByteArrayInputStream(vector.file());
        CipherKey key;
        try {
            key = AgeHeader.read(
                    file,
                    List.of(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(
                            vector.identities().getFirst().expose())));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        try (InputStream sealed = AgeSealer.payload(new ByteArrayInputStream(plain), new byte[0], key, 2)) {
            assertThat(sealed.readAllBytes()).isEqualTo(file.readAllBytes());
        }
    }
}
