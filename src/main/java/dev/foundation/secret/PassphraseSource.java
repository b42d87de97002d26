package dev.foundation.secret;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where the passphrase comes from. */
public sealed interface PassphraseSource {

    Secret<String> passphrase() throws IOException;

    /** For messages: the place, never the text. */
    String described();

    /** {@code PULUMI_CONFIG_PASSPHRASE}, which Pulumi inherits as it is. */
    record Environment(Secret<String> given) implements PassphraseSource {
        @Override
        public Secret<String> passphrase() {
            return given;
        }

        @Override
        public String described() {
            return "the environment variable PULUMI_CONFIG_PASSPHRASE";
        }
    }

    record File(PassphraseFile file) implements PassphraseSource {
        @Override
        public Secret<String> passphrase() throws IOException {
            return file.read();
        }

        @Override
        public String described() {
            return "the file " + file.file();
        }
    }

    /**
     * The first of: {@code PULUMI_CONFIG_PASSPHRASE}, the file in {@code PULUMI_CONFIG_PASSPHRASE_FILE}, the file in
     * {@code FOUNDATION_PASSPHRASE_FILE}, the default file. Pulumi's own order comes first, so that `pulumi` in a prepared shell and
     * `./foundation` agree. A file that the environment names need not exist yet.
     */
    static PassphraseSource find(Map<String, String> environment, Path defaultFile, Path repository) {
        if (environment.containsKey("PULUMI_CONFIG_PASSPHRASE")) {
            return new Environment(Secret.of(environment.getOrDefault("PULUMI_CONFIG_PASSPHRASE", "")));
        }
        Path file = Optional.ofNullable(environment.get("PULUMI_CONFIG_PASSPHRASE_FILE"))
                .or(() -> Optional.ofNullable(environment.get("FOUNDATION_PASSPHRASE_FILE")))
                .filter(name -> !name.isBlank())
                .map(Path::of)
                .orElse(defaultFile);
        return new File(new PassphraseFile(file, repository));
    }
}
