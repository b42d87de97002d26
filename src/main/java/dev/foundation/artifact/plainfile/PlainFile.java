package dev.foundation.artifact.plainfile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.artifact.Artifact;
import dev.foundation.spec.ConfigKeys;
import dev.foundation.spec.ConfigSyntaxException;
import dev.foundation.spec.ConfigValue;
import dev.foundation.spec.Configuration;
import dev.foundation.spec.Versions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code Pulumi.foundation.yaml} or {@code VERSIONS}, as it is now: read twice until both readings are equal, so never half of an edit. Facts: none. */
public final class PlainFile implements Artifact {
    private static final int MOST = 4 * 1024 * 1024;
    private static final int ATTEMPTS = 5;

    private interface Check {
        void check(String text) throws IOException;
    }

    private final Path file;
    private final String name;
    private final Check check;
    private @Nullable InputStream content;

    private PlainFile(Path file, String name, Check check) {
        this.file = file;
        this.name = name;
        this.check = check;
    }

    /** The stack's configuration; its {@code encryptionsalt} must be there, and no known secret in clear. */
    public static PlainFile configuration(Path file) {
        return new PlainFile(file, "Pulumi.foundation.yaml", PlainFile::checkConfiguration);
    }

    public static PlainFile versions(Path file) {
        return new PlainFile(file, "VERSIONS", PlainFile::checkVersions);
    }

    /** The reader's side: whether these bytes may be a point's configuration. @throws IOException that says what is wrong; never with a value */
    public static void checkConfiguration(String text) throws IOException {
        Configuration configuration;
        try {
            configuration = Configuration.ofStackFile(text);
        } catch (ConfigSyntaxException e) {
            throw new IOException(e.getMessage(), e);
        }
        if (configuration.encryptionSalt().isEmpty()) {
            throw new IOException(
                    "Pulumi.foundation.yaml has no encryptionsalt: with the passphrase alone it would open nothing");
        }
        for (ConfigKeys.Key key : ConfigKeys.all()) {
            Optional<ConfigValue> value =
                    Optional.ofNullable(configuration.values().get(key.path()));
            if (key.kind() == ConfigKeys.Kind.SECRET
                    && value.filter(ConfigValue.Plain.class::isInstance).isPresent()) {
                throw new IOException("foundation:" + key.path() + " stands in clear in Pulumi.foundation.yaml: "
                        + key.allowed() + ", and make a new one, for this one was readable");
            }
        }
    }

    public static void checkVersions(String text) throws IOException {
        try {
            Versions.parse(text);
        } catch (RuntimeException e) {
            throw new IOException("VERSIONS cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized InputStream content() throws IOException {
        if (content == null) {
            byte[] bytes = steady();
            try {
                check.check(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString());
            } catch (CharacterCodingException e) {
                throw new IOException(name + " is no text in UTF-8", e);
            }
            content = new ByteArrayInputStream(bytes);
        }
        return content;
    }

    private byte[] steady() throws IOException {
        byte[] last = bytes();
        for (int i = 0; i < ATTEMPTS; i++) {
            byte[] again = bytes();
            if (Arrays.equals(last, again)) {
                return last;
            }
            last = again;
        }
        throw new IOException(name + " changes each time it is read: who is writing to it?");
    }

    private byte[] bytes() throws IOException {
        try {
            if (Files.size(file) > MOST) {
                throw new IOException(name + " has more than " + MOST + " bytes: that is another file");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException(name + " is not there: no file " + file, e);
        }
    }

    @Override
    public ObjectNode facts() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
