package dev.foundation.plugin.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.plugin.Problem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class S3CheckTest {
    private static S3User.Inputs user(
            String endpoint, String engine, String name, String secret, List<S3User.BucketGrant> grants) {
        return new S3User.Inputs(endpoint, engine, "root", "root-secret", Optional.empty(), name, secret, grants);
    }

    @Test
    void goodInputsHaveNoProblem() {
        var grant = new S3User.BucketGrant("forgejo-lfs", List.of("read", "write", "list", "delete"));
        assertThat(new S3User()
                        .check(user("http://127.0.0.1:9000", "rustfs", "forgejo", "0123456789abcdef", List.of(grant))))
                .isEmpty();
    }

    @Test
    void everyBadInputIsToldAtOnceAndNoSecretIsShown() {
        var grants =
                List.of(new S3User.BucketGrant("A_b", List.of("all")), new S3User.BucketGrant("ok-bucket", List.of()));
        var problems = new S3User().check(user("s3.local", "minio", "root", "short secret", grants));
        assertThat(problems)
                .extracting(Problem::property)
                .containsExactly("endpoint", "engine", "name", "secret", "grants", "grants", "grants");
        assertThat(problems.toString()).doesNotContain("short secret").doesNotContain("root-secret");
    }

    @Test
    void lockedBucketsCannotBeWithoutVersions() {
        var inputs = new S3Bucket.Inputs(
                "http://h:1",
                "rustfs",
                "root",
                "root-secret",
                Optional.empty(),
                "locked",
                Optional.of(false),
                Optional.of(true),
                Optional.empty());
        assertThat(new S3Bucket().check(inputs)).extracting(Problem::property).containsExactly("versioning");
        assertThat(inputs.toString()).doesNotContain("root-secret");
    }
}
