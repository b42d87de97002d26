package dev.foundation.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.e2e.TestMachine.Result;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Least rights on the S3 server, proved by trying (T4): Forgejo's user on every kind of call. */
final class S3Rights {
    private static final String S3 = "http://127.0.0.1:9000/";

    private S3Rights() {}

    static void forgejosUserReachesItsBucketsAndNothingElse(Foundation foundation)
            throws IOException, InterruptedException {
        Map<String, String> admin = foundation.credential("s3/admin-credentials");
        Map<String, String> user = foundation.credential("forgejo/s3-credentials");
        assertThat(status(foundation, admin, "PUT", "other")).isEqualTo(200);
        assertThat(foundation.s3(admin, S3).output())
                .contains("forgejo-lfs", "forgejo-packages", "forgejo-artifacts", "other");
        for (String bucket : List.of("forgejo-lfs", "forgejo-packages", "forgejo-artifacts")) {
            String object = bucket + "/rights-test";
            assertThat(status(foundation, user, "PUT", object)).isEqualTo(200);
            assertThat(status(foundation, user, "GET", object)).isEqualTo(200);
            assertThat(status(foundation, user, "GET", bucket + "?list-type=2")).isEqualTo(200);
            assertThat(status(foundation, user, "DELETE", object)).isEqualTo(204);
        }
        for (String call : List.of(
                "GET other",
                "PUT other/x",
                "GET other/x",
                "DELETE other",
                "PUT mine",
                "DELETE forgejo-lfs",
                "PUT forgejo-lfs?versioning",
                "GET forgejo-lfs?policy")) {
            String[] parts = call.split(" ");
            assertThat(status(foundation, user, parts[0], parts[1])).as(call).isBetween(400, 403);
        }
        assertThat(status(foundation, admin, "DELETE", "other")).isEqualTo(204);
    }

    static int status(Foundation foundation, Map<String, String> credential, String method, String path)
            throws IOException, InterruptedException {
        Result result = method.equals("PUT") && path.contains("/")
                ? foundation.s3(credential, "-o", "/dev/null", "-w", "%{http_code}", "-X", method, "-d", "x", S3 + path)
                : foundation.s3(credential, "-o", "/dev/null", "-w", "%{http_code}", "-X", method, S3 + path);
        return Integer.parseInt(result.output().lines().toList().getLast().strip());
    }
}
