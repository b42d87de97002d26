package dev.foundation.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.objectstore.Grant;
import dev.foundation.objectstore.S3Admin;
import dev.foundation.objectstore.S3Buckets;
import dev.foundation.objectstore.S3Engine;
import dev.foundation.testing.S3Server;
import dev.foundation.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A second failure domain: a real S3 server (versitygw) whose data lies outside every machine, with a locked and versioned bucket, a user who may
 * write and not delete, and one who may only read. It can be reached from one machine after the other.
 */
final class OffSiteServer implements AutoCloseable {
    static final String BUCKET = "acme-off-site";
    static final String WRITER = "acme-writer";
    static final String READER = "acme-reader";
    static final String SECRET = "a-long-secret-of-the-off-site";
    static final int PORT = 9900;
    /** The host as every container of a Docker Engine with its defaults sees it. */
    static final String ENDPOINT = "http://172.17.0.1:" + PORT;

    private final Path folder;

    private OffSiteServer(Path folder) {
        this.folder = folder;
    }

    static OffSiteServer make(Path folder) throws IOException, InterruptedException {
        try (S3Server server = S3Server.start(S3Engine.VERSITYGW, folder);
                S3Admin admin = S3Admin.of(S3Engine.VERSITYGW, server.root())) {
            try (S3Buckets buckets = new S3Buckets(server.root())) {
                buckets.create(BUCKET, true);
            }
            admin.put(WRITER, SECRET);
            admin.setGrants(
                    WRITER,
                    List.of(new Grant(BUCKET, List.of(Grant.Action.READ, Grant.Action.WRITE, Grant.Action.LIST))));
            admin.put(READER, SECRET);
            admin.setGrants(READER, List.of(new Grant(BUCKET, List.of(Grant.Action.READ, Grant.Action.LIST))));
        }
        return new OffSiteServer(folder);
    }

    /** The same server, reached from this machine, until it is closed. */
    TestMachine.Background at(TestMachine machine) throws IOException, InterruptedException {
        String data = folder.resolve("data").toString();
        TestMachine.Background server = machine.background(
                "env",
                "ROOT_ACCESS_KEY=test-root",
                "ROOT_SECRET_KEY=test-root-secret-key",
                Tools.find("versitygw").orElseThrow().toString(),
                "--port",
                "0.0.0.0:" + PORT,
                "--iam-dir",
                folder.resolve("iam").toString(),
                "posix",
                "--versioning-dir",
                folder.resolve("versions").toString(),
                data);
        machine.waitForPort(PORT);
        return server;
    }

    /** Nothing was lost or changed: what lies there, with its sizes. */
    List<String> files() throws IOException {
        try (var all = Files.walk(folder.resolve("data").resolve(BUCKET))) {
            List<String> files = all.filter(Files::isRegularFile)
                    .map(each -> folder.relativize(each) + " " + each.toFile().length())
                    .sorted()
                    .toList();
            assertThat(files).isNotEmpty();
            return files;
        }
    }

    @Override
    public void close() throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
