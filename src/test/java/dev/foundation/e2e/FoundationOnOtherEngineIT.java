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

/**
 * The same foundation on the S3 engine that {@code auto} does not choose here, and so the long stories do not run on: versitygw where RustFS has been
 * built, else none, and then it says what is skipped.
 */
@Tag("e2e")
final class FoundationOnOtherEngineIT {
    @Test
    @Timeout(value = 25, unit = TimeUnit.MINUTES)
    void itStandsUpIsUsedAndChangesNothingTheSecondTime() throws Exception {
        if (Foundation.engine().equals("versitygw")) {
            String skipped =
                    "SKIPPED: the stories on RustFS, because RustFS is not built on this machine (./foundation build rustfs, about 50 minutes)";
            System.out.println(skipped);
            Assumptions.abort(skipped);
        }
        System.out.println("S3 engine of this story: versitygw");
        try (TestMachine machine =
                new TestMachine("fother" + ProcessHandle.current().pid() % 10000)) {
            Foundation foundation = new Foundation(machine);
            Path file = foundation.clone.resolve("Pulumi.foundation.yaml");
            Files.writeString(
                    file,
                    Files.readString(file)
                            .replaceFirst("(?m)^config:$", "config:\n  foundation:s3:\n    engine: versitygw"));
            Result up = foundation.run("up").mustSucceed();
            assertThat(up.output()).containsIgnoringCase("versitygw");
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
