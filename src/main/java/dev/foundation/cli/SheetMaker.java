package dev.foundation.cli;

import dev.foundation.age.AgeIdentity;
import dev.foundation.kit.Sheet;
import dev.foundation.kit.StackSecrets;
import dev.foundation.kit.Verified;
import dev.foundation.secret.Secret;
import dev.foundation.spec.BackupSpec;
import dev.foundation.spec.ConfigKeys;
import dev.foundation.spec.ConfigSyntaxException;
import dev.foundation.spec.Configuration;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.SpecDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts the recovery sheet together from the configuration, its passphrase, and what people are asked once. */
final class SheetMaker {
    private final Workspace workspace;
    private final SpecDraft draft;
    private final FoundationSpec spec;

    SheetMaker(Workspace workspace, SpecDraft draft) {
        this.workspace = workspace;
        this.draft = draft;
        this.spec = draft.provisional();
    }

    String instance() {
        return spec.instance().value();
    }

    /** Not the older generations: what they open, the repository's configuration opens too. */
    private static Secret<String> current(Secret<String> identities) throws IOException {
        try {
            return AgeIdentity.current(identities).identity();
        } catch (IllegalArgumentException e) {
            throw new IOException("foundation:backupAgeIdentity cannot be used: " + e.getMessage()
                    + ". Bring back the file of the last commit");
        }
    }

    /** What was given is kept in the configuration; what nobody ever gave is asked for, where somebody is there to answer. */
    Sheet make(
            LocalDate today,
            @Nullable String account,
            @Nullable String secondFactor,
            @Nullable String ca,
            @Nullable String dns)
            throws IOException, InterruptedException, ConfigSyntaxException {
        Secret<String> passphrase = workspace.passphrase(spec.instance()).passphrase();
        StackSecrets secrets =
                StackSecrets.open("Pulumi.foundation.yaml", Files.readString(workspace.stackFile()), passphrase);
        Secret<String> identity = current(needed(secrets, "backupAgeIdentity"));
        String sealKey = spec.backup()
                .sealPublicKey()
                .orElseThrow(() -> new IOException(
                        "foundation:sealPublicKey is not in Pulumi.foundation.yaml: run `./foundation up`"));
        Optional<Sheet.OffSite> offSite = Optional.empty();
        if (spec.backup().offSite().isPresent()) {
            BackupSpec.OffSite place = spec.backup().offSite().get();
            offSite = Optional.of(new Sheet.OffSite(
                    place.endpoint(),
                    place.bucket(),
                    place.region(),
                    place.pathStyle(),
                    needed(secrets, ConfigKeys.OFFSITE_READER_ACCESS_KEY).map(String::strip),
                    needed(secrets, ConfigKeys.OFFSITE_READER_SECRET_KEY).map(String::strip)));
        }
        Map<String, String> fresh = new LinkedHashMap<>();
        Configuration file = workspace.configuration();
        Sheet.Login login = new Sheet.Login(
                line(file, fresh, "kit.account", account, "Who logs in at the off-site provider, and where"),
                line(file, fresh, "kit.secondFactor", secondFactor, "Where the second factor for that lies"),
                line(file, fresh, "kit.ca", ca, "Where the certificate of a private CA lies (or: none)"),
                line(file, fresh, "kit.dns", dns, "Who runs the DNS names that this foundation needs"));
        try {
            Sheet sheet =
                    new Sheet(instance(), spec.instanceId(), today, passphrase, identity, sealKey, offSite, login);
            keep(fresh);
            return sheet;
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage());
        }
    }

    private void keep(Map<String, String> fresh) throws IOException, InterruptedException {
        if (fresh.isEmpty()) {
            return;
        }
        var pulumi = workspace.pulumi(draft, draft.site().orElseThrow());
        for (Map.Entry<String, String> each : fresh.entrySet()) {
            pulumi.set(each.getKey(), each.getValue());
        }
        workspace.terminal().err().println("Kept in Pulumi.foundation.yaml for the next sheet: commit it.");
    }

    private String line(
            Configuration file, Map<String, String> fresh, String key, @Nullable String given, String question)
            throws IOException {
        Optional<String> known = Verified.plain(file, key);
        String value = given;
        Terminal terminal = workspace.terminal();
        if (value == null && known.isEmpty() && terminal.interactive()) {
            terminal.err().print(question + " (no password; empty to write it by hand): ");
            terminal.err().flush();
            value = terminal.readLine();
        }
        String line = value == null ? "" : value.replaceAll("\\s+", " ").strip();
        if (line.isEmpty() || known.filter(line::equals).isPresent()) {
            if (line.isEmpty() && known.isEmpty()) {
                terminal.err().println("foundation:" + key + " is not given: the sheet has a line to write it by hand");
            }
            return known.orElse("");
        }
        fresh.put(key, line);
        return line;
    }

    private static Secret<String> needed(StackSecrets secrets, String key) throws IOException {
        return secrets.find(key)
                .orElseThrow(() -> new IOException("foundation:" + key
                        + " is not in Pulumi.foundation.yaml: without it the sheet would recover nothing. `./foundation"
                        + " status` says what is missing"));
    }
}
