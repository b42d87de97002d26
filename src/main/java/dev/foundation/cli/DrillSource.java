package dev.foundation.cli;

import dev.foundation.bundle.Trust;
import dev.foundation.kit.Proof;
import dev.foundation.kit.Sheet;
import dev.foundation.kit.StackSecrets;
import dev.foundation.recover.OffSite;
import dev.foundation.recover.PointsOwnConfiguration;
import dev.foundation.secret.Secret;
import dev.foundation.spec.ConfigKeys;
import dev.foundation.spec.ConfigSyntaxException;
import dev.foundation.spec.Configuration;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.InvalidConfigException;
import dev.foundation.spec.SpecParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a drill starts from: the repository and the passphrase, or the recovery sheet.
 *
 * @param configuration {@code Pulumi.foundation.yaml}, as it is committed or as the point has it
 * @param identity as typed from the sheet
 */
record DrillSource(
        String configuration,
        FoundationSpec spec,
        Secret<String> passphrase,
        StackSecrets secrets,
        OffSite place,
        Optional<Secret<String>> identity)
        implements AutoCloseable {

    /** @param from a folder that holds the points; else the configured off-site */
    static DrillSource committed(Workspace workspace, @Nullable Path from)
            throws IOException, InterruptedException, ConfigSyntaxException, InvalidConfigException {
        FoundationSpec spec = workspace.settledDraft().spec();
        Optional<String> reason = Recoverability.uncommitted(workspace.repository());
        if (reason.isPresent()) {
            throw new Refused("a drill recovers from what is committed: " + reason.get() + ". Nothing was made.");
        }
        String text = Files.readString(workspace.stackFile());
        Secret<String> passphrase = workspace.passphrase(spec.instance()).passphrase();
        StackSecrets secrets = StackSecrets.open("Pulumi.foundation.yaml", text, passphrase);
        Map<String, String> keys = new HashMap<>();
        for (String each : List.of(ConfigKeys.OFFSITE_READER_ACCESS_KEY, ConfigKeys.OFFSITE_READER_SECRET_KEY)) {
            secrets.find(each).ifPresent(value -> keys.put(each, value.expose()));
        }
        OffSite place = OffSite.open(
                Optional.ofNullable(from), spec.backup(), workspace.pointFolders(spec), Secret.of(Map.copyOf(keys)));
        return new DrillSource(text, spec, passphrase, secrets, place, Optional.empty());
    }

    /** Nothing of this clone's configuration is used. @param from a folder that holds the points; else the off-site of the sheet */
    static DrillSource paper(Terminal terminal, @Nullable Path from)
            throws IOException, InterruptedException, ConfigSyntaxException, InvalidConfigException {
        String sealKey = Typed.fact(terminal, "SEAL_KEY");
        OffSite place = from == null ? bucket(terminal) : OffSite.folder(from);
        Secret<String> passphrase = Typed.secret(terminal, Sheet.PASSPHRASE);
        Secret<String> identity = Typed.secret(terminal, Sheet.IDENTITY);
        String text = new String(
                new PointsOwnConfiguration(place.store(), sealKey)
                        .read(Optional.empty())
                        .configuration(),
                StandardCharsets.UTF_8);
        StackSecrets secrets = StackSecrets.open("the point's own Pulumi.foundation.yaml", text, passphrase);
        FoundationSpec spec = SpecParser.draft(Configuration.ofStackFile(text)).spec();
        return new DrillSource(text, spec, passphrase, secrets, place, Optional.of(identity));
    }

    private static OffSite bucket(Terminal terminal) throws IOException {
        String endpoint = Typed.fact(terminal, "ENDPOINT");
        String bucket = Typed.fact(terminal, "BUCKET");
        String region = Typed.fact(terminal, "REGION");
        Secret<String> accessKey = Typed.secret(terminal, Sheet.ACCESS_KEY);
        Secret<String> secretKey = Typed.secret(terminal, Sheet.SECRET_KEY);
        return OffSite.url(
                "s3://" + bucket + "?endpoint=" + endpoint + "&region=" + region,
                Map.of("AWS_ACCESS_KEY_ID", accessKey.expose(), "AWS_SECRET_ACCESS_KEY", secretKey.expose()));
    }

    Trust trust() throws IOException {
        return FoundPoint.trust(spec);
    }

    /** With a typed identity: it and the passphrase open the point. @return what was proved, a sentence each */
    List<String> prove(FoundPoint point) throws IOException, InterruptedException {
        return identity.isEmpty() ? List.of() : Proof.of(point.signed(), point.bytes(), passphrase, identity.get());
    }

    /** What evidence is signed with. */
    Secret<String> signingKey() throws IOException {
        return secrets.find("sealSigningKey")
                .orElseThrow(() -> new IOException("foundation:sealSigningKey is not in the configuration: no evidence"
                        + " can be signed. Bring back the file of the last commit"));
    }

    @Override
    public void close() {
        place.close();
    }
}
