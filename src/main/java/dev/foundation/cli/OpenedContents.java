package dev.foundation.cli;

import dev.foundation.age.AgeIdentity;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.secret.Secret;
import dev.foundation.spec.SpecDraft;
import dev.foundation.verify.ContentCheck;
import dev.foundation.verify.Finding;
import dev.foundation.verify.Severity;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Opens points in this process, with the identity of the configuration: the sealed bytes come from the agent, the key never goes there. The seal's
 * signature is checked here once more, with the public key of this host's own configuration.
 */
public final class OpenedContents implements ContentVerification {
    private static final String IDENTITY = "backupAgeIdentity";

    private final Workspace workspace;
    private Optional<Secret<String>> identity = Optional.empty();

    public OpenedContents(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public List<String> problems(String point) throws IOException, InterruptedException {
        try {
            SpecDraft draft = workspace.settledDraft();
            AgentDoor door = AgentDoor.agent(workspace, draft.provisional());
            SignedSeal signed = SignedSeal.check(
                    bytes(door, point, Names.SEAL),
                    new String(bytes(door, point, Names.SIGNATURE), StandardCharsets.US_ASCII),
                    draft.provisional().backup().sealPublicKeys(),
                    draft.provisional().instanceId());
            return new ContentCheck(AgeIdentity.lines(identity(draft)), Optional.empty(), event -> {})
                    .run("the newest copy", signed, name -> open(door, point, name)).stream()
                            .filter(each -> each.severity() != Severity.INFO)
                            .map(Finding::text)
                            .toList();
        } catch (dev.foundation.spec.ConfigSyntaxException | dev.foundation.spec.InvalidConfigException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Secret<String> identity(SpecDraft draft)
            throws IOException, InterruptedException, dev.foundation.spec.ConfigSyntaxException {
        if (identity.isEmpty()) {
            if (!workspace.configuration().has(IDENTITY)) {
                throw new NotOpened("foundation:" + IDENTITY + " is not in Pulumi.foundation.yaml");
            }
            identity = Optional.of(
                    workspace.pulumi(draft, draft.site().orElseThrow()).config(IDENTITY));
        }
        return identity.get();
    }

    static byte[] bytes(AgentDoor door, String point, String name) throws IOException {
        try (InputStream in = open(door, point, name)) {
            return in.readAllBytes();
        }
    }

    /** An object's bytes as they are stored; closing ends the request. */
    static InputStream open(AgentDoor door, String point, String name) throws IOException {
        AgentCall call = door.object(point, name);
        return new FilterInputStream(call.body()) {
            @Override
            public void close() throws IOException {
                try {
                    super.close();
                } finally {
                    call.close();
                }
            }
        };
    }
}
