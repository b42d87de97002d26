package dev.foundation.artifact.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.artifact.Artifact;
import dev.foundation.vault.VaultClient;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code vault-raft.snap}: what {@code vault operator raft snapshot restore} takes. The stream ends normally only if the snapshot is whole. The token
 * needs {@code read} on {@code sys/storage/raft/snapshot}.
 *
 * <p>Facts: those of {@link Snapshot}, and {@code server}, Vault's version.
 */
public final class VaultSnapshot implements Artifact {
    private static final String PATH = "sys/storage/raft/snapshot";

    private final VaultClient vault;
    private String server = "";
    private @Nullable Checked content;

    public VaultSnapshot(VaultClient vault) {
        this.vault = vault;
    }

    @Override
    public String name() {
        return "vault-raft.snap";
    }

    @Override
    public synchronized InputStream content() throws IOException, InterruptedException {
        if (content == null) {
            server = vault.read("sys/seal-status")
                    .map(status -> status.path("version").asText())
                    .orElse("");
            content = new Checked(vault.download(PATH));
        }
        return content;
    }

    @Override
    public synchronized ObjectNode facts() {
        Snapshot whole = content == null ? null : content.whole;
        if (whole == null) {
            throw new IllegalStateException("the snapshot has not been read to its end");
        }
        return whole.facts().put("server", server);
    }

    @Override
    public synchronized void close() throws IOException {
        if (content != null) {
            content.close();
        }
    }

    private static final class Checked extends InputStream {
        private final InputStream source;
        private final SnapshotCheck check = new SnapshotCheck();
        private volatile @Nullable Snapshot whole;

        Checked(InputStream source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = source.read(buffer, offset, length);
            if (read > 0) {
                check.accept(buffer, offset, read);
            } else if (read < 0 && whole == null) {
                whole = check.finish();
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            source.close();
            check.close();
        }
    }
}
