package dev.foundation.bench;

import dev.foundation.age.AgeIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The other contenders: the shell's pipeline with the same formats, restic, rclone. Each in the form that its own documentation recommends for speed.
 */
final class Peers {
    private final Shell shell;
    private final BenchTools tools;
    private final LocalS3 server;
    private final Map<String, String> environment = new HashMap<>();
    private final String recipient = AgeIdentity.generate().recipient();

    Peers(BenchTools tools, LocalS3 server, Path work) {
        this.tools = tools;
        this.server = server;
        this.shell = new Shell(work.resolve("peers.log"));
        String key = server.access().accessKey();
        String secret = server.access().secretKey();
        String endpoint = server.access().endpoint().toString();
        environment.putAll(Map.of(
                "AWS_ACCESS_KEY_ID",
                key,
                "AWS_SECRET_ACCESS_KEY",
                secret,
                "RESTIC_PASSWORD",
                "bench",
                "RESTIC_CACHE_DIR",
                work.resolve("restic-cache").toString(),
                "RCLONE_CONFIG",
                work.resolve("rclone.conf").toString()));
        // Parts as large as ours; no check of digests that the sink does not have.
        environment.putAll(Map.of(
                "RCLONE_CONFIG_S3_TYPE", "s3",
                "RCLONE_CONFIG_S3_PROVIDER", "Other",
                "RCLONE_CONFIG_S3_ENDPOINT", endpoint,
                "RCLONE_CONFIG_S3_REGION", "us-east-1",
                "RCLONE_CONFIG_S3_ACCESS_KEY_ID", key,
                "RCLONE_CONFIG_S3_SECRET_ACCESS_KEY", secret,
                "RCLONE_CONFIG_S3_CHUNK_SIZE", "8M",
                "RCLONE_CONFIG_S3_NO_CHECK_BUCKET", "true",
                "RCLONE_CONFIG_S3_USE_MULTIPART_ETAG", "false"));
    }

    /** {@code tar | zstd -3 | age | rclone rcat}. */
    double shellTree(Path tree, String name) throws IOException, InterruptedException {
        return shell.run(
                "tar -C " + quoted(tree) + " -cf - . | zstd -3 -q -c | " + age() + " | " + rcat(name), environment);
    }

    /** {@code cat dump | gzip | age | rclone rcat}. */
    double shellDump(Path dump, String name) throws IOException, InterruptedException {
        return shell.run("cat " + quoted(dump) + " | gzip -c | " + age() + " | " + rcat(name), environment);
    }

    private String age() {
        return "age -r " + recipient;
    }

    private String rcat(String name) throws IOException {
        return rclone() + " rcat s3:" + LocalS3.BUCKET + "/" + name;
    }

    private String rclone() throws IOException {
        return quoted(tools.need("rclone"));
    }

    private String restic(String repository) throws IOException {
        return quoted(tools.need("restic")) + " -q -r s3:" + server.access().endpoint() + "/" + LocalS3.BUCKET + "/"
                + repository;
    }

    void resticInit(String repository) throws IOException, InterruptedException {
        double _ = shell.run(restic(repository) + " init", environment);
    }

    /** The first backup of a tree, or the next. */
    double resticTree(Path tree, String repository) throws IOException, InterruptedException {
        return shell.run("cd " + quoted(tree) + " && " + restic(repository) + " backup .", environment);
    }

    double resticDump(Path dump, String repository) throws IOException, InterruptedException {
        return shell.run(
                "cat " + quoted(dump) + " | " + restic(repository) + " backup --stdin --stdin-filename dump.sql",
                environment);
    }

    /** Makes a bucket as a tree is, without asking each object for its time of change: rclone's own advice for S3. */
    double rcloneSync(Path tree, String bucket, String more) throws IOException, InterruptedException {
        return shell.run(
                rclone() + " sync --fast-list --update --use-server-modtime --transfers 16 --checkers 16 " + more + " "
                        + quoted(tree) + " s3:" + bucket,
                environment);
    }

    static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }
}
