package dev.foundation.bundle;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.luben.zstd.Zstd;
import dev.foundation.TestTool;
import dev.foundation.bundle.Manifest.Entry;
import dev.foundation.bundle.Manifest.Exclusion;
import dev.foundation.bundle.Manifest.Measure;
import dev.foundation.seal.SealKey;
import dev.foundation.secret.RandomKeys;
import dev.foundation.secret.Secret;
import dev.foundation.stream.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Makes the golden bundles of format 1: by hand, once, with the real {@code age}. Released ones are never made anew; they must be readable for ever
 * (P8). Arguments: the folder to write to, which must not exist, and an age identity file with its recipient.
 */
final class GoldenMaker {
    private static final String INSTANCE = "00000000-0000-4000-8000-000000000001";

    private final Path store;
    private final String recipient;
    private final SealKey key;
    private final BlobNames names;

    private GoldenMaker(Path store, String recipient, SealKey key, BlobNames names) {
        this.store = store;
        this.recipient = recipient;
        this.key = key;
        this.names = names;
    }

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        Path keys = Files.createDirectories(root.resolve("keys"));
        SealKey key = SealKey.generate(new SecureRandom());
        Secret<String> nameKey = RandomKeys.blobNameKey(new SecureRandom());
        Files.writeString(keys.resolve("seal"), key.privateKey().expose());
        Files.writeString(keys.resolve("seal.pub"), key.publicLine() + "\n");
        Files.writeString(keys.resolve("blobNameKey"), nameKey.expose() + "\n");
        Files.copy(Path.of(arguments[1]), keys.resolve("identity"));
        var maker = new GoldenMaker(root.resolve("store"), arguments[2], key, new BlobNames(nameKey));
        SignedSeal first = maker.point(
                BundleId.of("20261121T030000Z"), 1, Optional.empty(), List.of("one", "two"), List.of("one", "two"));
        SignedSeal _ = maker.point(
                BundleId.of("20261122T030000Z"),
                2,
                Optional.of(first.sha256()),
                List.of("one", "three"),
                List.of("three"));
    }

    private SignedSeal point(
            BundleId id, long sequence, Optional<Sha256> previous, List<String> texts, List<String> fresh)
            throws Exception {
        List<SealedObject> objects = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        Map<String, byte[]> artifacts = new TreeMap<>(Map.of(
                Names.POSTGRES, gzip("CREATE TABLE t (a int);\n", "COPY t FROM stdin;\n" + sequence + "\n\\.\n"),
                Names.FORGEJO, Zstd.compress(tar("git/repositories/a/b.git/HEAD", "ref: refs/heads/main\n")),
                Names.VAULT, gzip("no real snapshot: the format of a bundle does not look into it\n"),
                Names.PULUMI_STATE, "{\"version\": 3}\n".getBytes(StandardCharsets.UTF_8),
                Names.OBJECTS, objects(texts)));
        for (Map.Entry<String, byte[]> each : artifacts.entrySet()) {
            byte[] sealed = age(each.getValue());
            objects.add(put(id, each.getKey() + Names.AGE, sealed));
            entries.add(new Entry(
                    each.getKey(),
                    measure(each.getValue()),
                    measure(sealed),
                    JsonNodeFactory.instance.objectNode().put("sequence", sequence)));
        }
        TreeMap<BlobName, InventoryLine> lines = new TreeMap<>();
        long newSize = 0;
        for (String text : texts) {
            BlobName name = names.versioned("forgejo-lfs", ObjectText.of(text), "v-" + text);
            Path file = store.resolve(BundleKeys.blob(name).path());
            if (fresh.contains(text)) {
                Files.createDirectories(file.getParent());
                Files.write(file, age(text.getBytes(StandardCharsets.UTF_8)));
                newSize += Files.size(file);
            }
            byte[] sealed = Files.readAllBytes(file);
            lines.put(name, new InventoryLine(name, sealed.length, Sha256.of(sealed)));
        }
        var inventory = new ByteArrayOutputStream();
        var writer = new InventoryWriter(inventory);
        for (InventoryLine each : lines.values()) {
            writer.add(each);
        }
        writer.finish();
        objects.add(put(id, Names.INVENTORY, inventory.toByteArray()));
        byte[] versions = "postgres=15.14\n".getBytes(StandardCharsets.UTF_8);
        byte[] configuration = "config: {}\n".getBytes(StandardCharsets.UTF_8);
        objects.add(put(id, Names.VERSIONS, versions));
        objects.add(put(id, Names.CONFIGURATION, configuration));
        var manifest = new Manifest(
                id,
                INSTANCE,
                id.moment(),
                entries,
                Map.of("pg_dump", "15.14"),
                Sha256.of(versions),
                Sha256.of(configuration),
                List.of(new Exclusion("runner state", "a runner is registered anew")));
        objects.add(put(id, Names.MANIFEST + Names.AGE, age(manifest.bytes())));
        SignedSeal signed = SignedSeal.sign(
                new Seal(
                        INSTANCE,
                        1,
                        sequence,
                        id,
                        previous,
                        List.of(recipient),
                        Map.of("backupAgeIdentity", 1, "sealSigningKey", 1, "blobNameKey", 1, "vaultUnsealKeys", 1),
                        Map.of(
                                "postgres", new Seal.Product("postgresql", "15.14"),
                                "forgejo", new Seal.Product("gitea", "1.26.0"),
                                "s3", new Seal.Product("versitygw", "1.8.0"),
                                "vault", new Seal.Product("vault", "1.19.0")),
                        sequence == 1 ? List.of() : List.of("a warning: \"golden\" \u2603"),
                        objects,
                        new Seal.Blobs(writer.count(), writer.size(), fresh.size(), newSize)),
                key);
        SealedObject seal = put(id, Names.SEAL, signed.bytes());
        SealedObject signature = put(id, Names.SIGNATURE, signed.signature().getBytes(StandardCharsets.US_ASCII));
        System.out.println(id + ": " + seal.size() + " and " + signature.size() + " bytes");
        return signed;
    }

    private byte[] objects(List<String> texts) throws IOException {
        var out = new ByteArrayOutputStream();
        var writer = new ObjectsWriter(out);
        for (String text : texts) {
            byte[] content = text.getBytes(StandardCharsets.UTF_8);
            writer.add(new BlobObject(
                    "forgejo-lfs",
                    ObjectText.of(text),
                    "v-" + text,
                    content.length,
                    Sha256.of(content),
                    "text/plain",
                    Map.of("owner", "\u2603"),
                    Instant.parse("2026-11-20T00:00:00Z"),
                    names.versioned("forgejo-lfs", ObjectText.of(text), "v-" + text)));
        }
        writer.finish();
        return out.toByteArray();
    }

    private SealedObject put(BundleId id, String name, byte[] content) throws IOException {
        Path file = store.resolve(new BundleKeys(id).object(name).path());
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return new SealedObject(name, content.length, Sha256.of(content), Map.of("local", "v1"));
    }

    private byte[] age(byte[] plain) throws Exception {
        Path folder = Files.createTempDirectory("golden");
        Path in = Files.write(folder.resolve("in"), plain);
        Path out = folder.resolve("out");
        TestTool ran = TestTool.run(folder, "", "age", "-r", recipient, "-o", out.toString(), in.toString());
        if (ran.exitCode() != 0) {
            throw new IllegalStateException(ran.output());
        }
        byte[] sealed = Files.readAllBytes(out);
        Files.delete(in);
        Files.delete(out);
        Files.delete(folder);
        return sealed;
    }

    private static Measure measure(byte[] content) {
        return new Measure(content.length, Sha256.of(content));
    }

    private static byte[] gzip(String... members) throws IOException {
        var out = new ByteArrayOutputStream();
        for (String each : members) {
            var gzip = new GZIPOutputStream(out);
            gzip.write(each.getBytes(StandardCharsets.UTF_8));
            gzip.finish();
        }
        return out.toByteArray();
    }

    private static byte[] tar(String name, String content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(out)) {
            var entry = new TarArchiveEntry(name);
            entry.setSize(content.length());
            entry.setModTime(0L);
            tar.putArchiveEntry(entry);
            tar.write(content.getBytes(StandardCharsets.UTF_8));
            tar.closeArchiveEntry();
        }
        return out.toByteArray();
    }
}
