package dev.foundation.proof;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.bundle.BlobName;
import dev.foundation.bundle.BlobObject;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Manifest;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.ObjectText;
import dev.foundation.bundle.Seal;
import dev.foundation.bundle.SealedObject;
import dev.foundation.stream.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a proof is given: a point's seal, manifest and samples, made from the facts that a test wants. */
final class ProofFixture {
    static final String INSTANCE = "6a2f41a3-c54c-4ce8-9f2b-9d1f6c1ee0aa";
    static final BundleId POINT = BundleId.of("20261121T030000Z");

    private ProofFixture() {}

    static ProofSubject subject(ObjectNode postgres, ObjectNode forgejo, ObjectSamples samples) throws Exception {
        Sha256 digest = Sha256.of("x".getBytes(StandardCharsets.US_ASCII));
        var measure = new Manifest.Measure(1, digest);
        var manifest = new Manifest(
                POINT,
                INSTANCE,
                POINT.moment(),
                List.of(
                        new Manifest.Entry(Names.POSTGRES, measure, measure, postgres),
                        new Manifest.Entry(Names.FORGEJO, measure, measure, forgejo)),
                Map.of(),
                digest,
                digest,
                List.of());
        List<SealedObject> objects = new ArrayList<>();
        for (String each :
                List.of(Names.POSTGRES + Names.AGE, Names.FORGEJO + Names.AGE, Names.VERSIONS, Names.CONFIGURATION)) {
            objects.add(new SealedObject(each, 1, digest, Map.of()));
        }
        return ProofSubject.of(seal(objects, samples.chosen().size()), manifest, samples);
    }

    static Seal seal(List<SealedObject> objects, long blobs) {
        return new Seal(
                INSTANCE,
                1,
                7,
                POINT,
                Optional.of(Sha256.of(new byte[1])),
                List.of("age1" + "q".repeat(58)),
                Map.of(),
                Map.of("forgejo", new Seal.Product("gitea", "1.26.0")),
                List.of(),
                objects,
                new Seal.Blobs(blobs, blobs, 0, 0));
    }

    static ObjectNode rows(String database, Map<String, Long> tables) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        ObjectNode rows = facts.putObject("databases").putObject(database).putObject("rows");
        tables.forEach(rows::put);
        return facts;
    }

    static ObjectNode repositories(Map<String, String> commits) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        ObjectNode all = facts.putObject("repositories");
        commits.forEach((path, commit) ->
                all.putObject(path).put("branch", "refs/heads/main").put("commit", commit));
        return facts;
    }

    static BlobObject object(String bucket, String key, String content, String modified) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return new BlobObject(
                bucket,
                ObjectText.of(key),
                "v-of-the-lost-server",
                bytes.length,
                Sha256.of(bytes),
                "text/plain",
                Map.of(),
                Instant.parse(modified),
                new BlobName(Sha256.of(key.getBytes(StandardCharsets.UTF_8)).hex()));
    }
}
