package dev.foundation.artifact.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.foundation.artifact.tar.TarEntry;
import dev.foundation.artifact.tar.TarParser;
import dev.foundation.stream.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A snapshot's bytes as they come by: gzip to its tail, a tar archive with exactly the four members, and their digests as {@code SHA256SUMS} says.
 * {@code SHA256SUMS.sealed} is the same under Vault's own key: it must be there, and only Vault can read it.
 */
final class SnapshotCheck implements AutoCloseable {
    private static final String META = "meta.json";
    private static final String STATE = "state.bin";
    private static final String SUMS = "SHA256SUMS";
    private static final String SEALED = "SHA256SUMS.sealed";
    private static final Set<String> MEMBERS = Set.of(META, STATE, SUMS, SEALED);
    private static final int MOST_TEXT = 4 * 1024 * 1024;

    private final TarParser tar = new TarParser(this::entry);
    private final Gunzip gunzip = new Gunzip(tar::accept);
    private final Map<String, MessageDigest> digests = new HashMap<>();
    private final Map<String, ByteArrayOutputStream> texts = new HashMap<>();
    private final Map<String, Long> sizes = new HashMap<>();

    void accept(byte[] bytes, int offset, int length) throws IOException {
        try {
            gunzip.accept(bytes, offset, length);
        } catch (IOException e) {
            throw new IOException("Vault's snapshot is damaged: " + e.getMessage(), e);
        }
    }

    private Optional<OutputStream> entry(TarEntry entry) throws IOException {
        String name = entry.name();
        if (!MEMBERS.contains(name) || sizes.put(name, entry.size()) != null) {
            throw new IOException("it holds " + name + ", which a snapshot does not hold, or not twice");
        }
        OutputStream into = OutputStream.nullOutputStream();
        if (!name.equals(STATE)) {
            if (entry.size() > MOST_TEXT) {
                throw new IOException("its " + name + " has " + entry.size() + " bytes");
            }
            var text = new ByteArrayOutputStream();
            texts.put(name, text);
            into = text;
        }
        MessageDigest digest = Sha256.digest();
        digests.put(name, digest);
        return Optional.of(new DigestOutputStream(into, digest));
    }

    /** After the last byte. @throws IOException if anything is missing */
    Snapshot finish() throws IOException {
        try {
            gunzip.finish();
            tar.finish();
            for (String member : List.of(META, STATE, SUMS, SEALED)) {
                if (!sizes.containsKey(member)) {
                    throw new IOException("it has no " + member);
                }
            }
            if (sizes.getOrDefault(SEALED, 0L) == 0) {
                throw new IOException("its " + SEALED + " is empty");
            }
            sums();
            JsonNode meta = new JsonMapper().readTree(text(META));
            if (!meta.path("Index").isIntegralNumber()) {
                throw new IOException("its " + META + " names no index");
            }
            return new Snapshot(
                    meta.path("Index").asLong(),
                    meta.path("Term").asLong(),
                    meta.path("Version").asInt(),
                    sizes.getOrDefault(STATE, 0L));
        } catch (IOException e) {
            throw new IOException("Vault's snapshot is not whole: " + e.getMessage(), e);
        }
    }

    /** Lines of {@code <hex>  <name>}. */
    private void sums() throws IOException {
        var seen = new HashSet<String>();
        for (String line : text(SUMS).lines().toList()) {
            String[] parts = line.strip().split("\\s+", 2);
            MessageDigest digest = parts.length == 2 ? digests.get(parts[1]) : null;
            if (digest == null || !seen.add(parts[1])) {
                throw new IOException("its " + SUMS + " is damaged");
            }
            if (!Sha256.of(digest).hex().equals(parts[0])) {
                throw new IOException("its " + parts[1] + " is not what " + SUMS + " says");
            }
        }
        if (!seen.containsAll(List.of(META, STATE))) {
            throw new IOException("its " + SUMS + " does not name " + META + " and " + STATE);
        }
    }

    private String text(String member) throws IOException {
        ByteArrayOutputStream text = texts.get(member);
        if (text == null) {
            throw new IOException("it has no " + member);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        gunzip.close();
    }
}
