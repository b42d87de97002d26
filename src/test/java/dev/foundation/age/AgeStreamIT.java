package dev.foundation.age;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.process.Command;
import dev.foundation.process.Input;
import dev.foundation.stream.ProcessSource;
import dev.foundation.testing.Tools;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against the {@code age} program, both ways. */
@Timeout(120)
final class AgeStreamIT {
    private static final int CHUNK = 65_536;

    @TempDir
    private Path folder;

    private static byte[] run(byte[] input, String... args) throws IOException {
        try (var source = ProcessSource.start(Command.of(List.of(args)).withInput(Input.of(input)))) {
            return source.readAllBytes();
        }
    }

    @Test
    void whatWeSealTheProgramOpensAndWhatItSealsWeOpen() throws IOException {
        String age = Tools.need("age").toString();
        AgeIdentity identity = AgeIdentity.generate();
        AgeIdentity second = AgeIdentity.generate();
        Path key = Files.createFile(
                folder.resolve("key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, identity.identity().expose() + "\n");
        for (int size : new int[] {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 15 * CHUNK, 15 * CHUNK + 1, 5_000_000}) {
            byte[] plain = new byte[size];
            new Random(size).nextBytes(plain);
            byte[] ours;
            try (InputStream sealed = AgeSealer.seal(
                    new ByteArrayInputStream(plain), List.of(second.recipient(), identity.recipient()), 2)) {
                ours = sealed.readAllBytes();
            }
            assertThat(run(ours, age, "-d", "-i", key.toString())).isEqualTo(plain);
            byte[] theirs = run(plain, age, "-r", identity.recipient());
            assertThat(theirs.length).isLessThan(ours.length);
            try (InputStream opened = AgeOpener.open(new ByteArrayInputStream(theirs), List.of(identity.identity()))) {
                assertThat(opened.readAllBytes()).isEqualTo(plain);
            }
        }
    }
}
