package dev.foundation.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foundation.artifact.buckets.S3BlobSource;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.ObjectsReader;
import dev.foundation.bundle.Seal;
import dev.foundation.docker.ContainerExec;
import dev.foundation.docker.DockerCli;
import dev.foundation.event.RunEvent;
import dev.foundation.objectstore.S3Access;
import dev.foundation.proof.CheckResult;
import dev.foundation.proof.GitRepositories;
import dev.foundation.proof.HttpForge;
import dev.foundation.proof.ObjectSamples;
import dev.foundation.proof.ProofRun;
import dev.foundation.proof.ProofSubject;
import dev.foundation.proof.PsqlDatabase;
import dev.foundation.proof.Scratch;
import dev.foundation.proof.VaultSafe;
import dev.foundation.pulumi.Pulumi;
import dev.foundation.recover.KeyProof;
import dev.foundation.secret.Secret;
import dev.foundation.spec.ServiceName;
import dev.foundation.vault.KeyValue;
import dev.foundation.vault.VaultClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** The services that were restored from a point on this machine, where nothing that counts is harmed: they are asked whether they are as of it. */
final class RestoredServices {
    /** Of each bucket, beside its first, last, largest and newest object. */
    private static final int BY_CHANCE = 20;

    private final DockerCli docker;
    private final String prefix;
    private final Map<String, Integer> ports;
    private final Pulumi stack;
    private final Path folder;

    /**
     * @param prefix of their containers
     * @param ports on the loopback address, by the key of the configuration, such as {@code vault.port}
     * @param stack that holds them
     * @param folder for clones
     */
    RestoredServices(DockerCli docker, String prefix, Map<String, Integer> ports, Pulumi stack, Path folder) {
        this.docker = docker;
        this.prefix = prefix;
        this.ports = Map.copyOf(ports);
        this.stack = stack;
        this.folder = folder;
    }

    /** Every question there is. @param keys that open the point */
    List<CheckResult> ask(Seal seal, KeyProof keys, Clock clock, Consumer<RunEvent> events)
            throws IOException, InterruptedException {
        ObjectSamples samples;
        try (ObjectsReader objects = new ObjectsReader(keys.open(Names.OBJECTS))) {
            samples = ObjectSamples.choose(objects, BY_CHANCE, new Random(seal.sequence()));
        }
        return ProofRun.of(ProofSubject.of(seal, keys.manifest(), samples), opened(), clock, new SecureRandom(), events)
                .run();
    }

    private Scratch opened() throws IOException, InterruptedException {
        Secret<JsonNode> outputs = stack.outputs();
        Secret<String> root = outputs.map(each -> each.path("vaultRootToken").asText());
        KeyValue secrets = new VaultClient(url("vault.port"), root::expose).keyValue("foundation");
        JsonNode s3 = credential(secrets, "s3/admin-credentials");
        JsonNode forgejo = credential(secrets, "forgejo/admin-credentials");
        JsonNode database = credential(secrets, "forgejo/database-credentials");
        JsonNode postgres = credential(secrets, "postgres/admin-credentials");
        Path work = Files.createDirectories(folder.resolve("clones"));
        return new Scratch(
                Workspace.host(),
                new PsqlDatabase(
                        new ContainerExec(docker, container(ServiceName.POSTGRES), "postgres"),
                        "127.0.0.1",
                        "/var/run/postgresql",
                        5432,
                        postgres.path("username").asText(),
                        Secret.of(postgres.path("password").asText()),
                        database.path("database").asText()),
                new GitRepositories(new ContainerExec(docker, container(ServiceName.FORGEJO), "git"), "/var/lib/gitea"),
                new HttpForge(
                        url("forgejo.port"),
                        forgejo.path("username").asText(),
                        Secret.of(forgejo.path("password").asText()),
                        "foundation/foundation",
                        work),
                new S3BlobSource(new S3Access(
                        url("s3.port"),
                        "us-east-1",
                        s3.path("accessKey").asText(),
                        s3.path("secretKey").asText())),
                new VaultSafe(url("vault.port"), root, "foundation"));
    }

    private URI url(String port) {
        return URI.create("http://127.0.0.1:" + ports.get(port));
    }

    private String container(ServiceName service) {
        return prefix + "-" + service.container();
    }

    private static JsonNode credential(KeyValue secrets, String path) throws IOException, InterruptedException {
        return secrets.read(path)
                .orElseThrow(() -> new IOException("the restored Vault has no secret foundation/" + path))
                .data();
    }
}
