package dev.foundation.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.e2e.TestMachine.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same foundation on RustFS, wherever RustFS has been built: a cold machine says that it skips this, a warm one never does. */
@Tag("e2e")
final class FoundationOnRustfsIT {
    @Test
    @Timeout(value = 25, unit = TimeUnit.MINUTES)
    void itStandsUpIsUsedAndChangesNothingTheSecondTime() throws Exception {
        if (!TestMachine.hasImage("rustfs")) {
            String skipped =
                    "SKIPPED: the story on RustFS, because RustFS is not built on this machine (./foundation build rustfs, about 50 minutes)";
            System.out.println(skipped);
            Assumptions.abort(skipped);
        }
        System.out.println("S3 engine of this story: rustfs");
        try (TestMachine machine =
                new TestMachine("frust" + ProcessHandle.current().pid() % 10000)) {
            Foundation foundation = new Foundation(machine);
            Path file = foundation.clone.resolve("Pulumi.foundation.yaml");
            Files.writeString(
                    file,
                    Files.readString(file)
                            .replaceFirst("(?m)^config:$", "config:\n  foundation:s3:\n    engine: rustfs"));
            Result up = foundation.run("up").mustSucceed();
            assertThat(up.output()).containsIgnoringCase("rustfs");
            LfsProject project = LfsProject.push(foundation);
            project.mustBeWhole();
            project.objectMustBeInTheBucket();
            S3Rights.forgejosUserReachesItsBucketsAndNothingElse(foundation);
            assertThat(foundation.run("up").mustSucceed().output()).containsPattern("(?m)^\\s+\\d+ unchanged$");
            machine.stopEngine();
            machine.startEngine();
            foundation.waitUntilHealthy(Duration.ofMinutes(2));
            project.mustBeWhole();
        }
    }
}
