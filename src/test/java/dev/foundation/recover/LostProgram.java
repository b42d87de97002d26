package dev.foundation.recover;

import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import dev.foundation.stack.binding.foundation.FixedChoice;
import dev.foundation.stack.binding.foundation.RandomSecret;
import dev.foundation.stack.binding.foundation.S3Bucket;

/** A Pulumi program with a key that is kept, a choice, and a bucket that is lost with its machine. */
public final class LostProgram {
    private LostProgram() {}

    private static final class Storage extends ComponentResource {
        private Storage(String name) {
            super("foundation:stack:ObjectStorage", name, ComponentResourceOptions.Empty);
        }
    }

    public static void main(String[] args) {
        System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "8");
        Pulumi.run(context -> {
            var config = context.config("foundation");
            var storage = new Storage("storage");
            var protect = CustomResourceOptions.builder()
                    .parent(storage)
                    .protect(true)
                    .build();
            var password = new RandomSecret(
                    "password", new RandomSecret.Args().kind("password").length(40), protect);
            var choice = new FixedChoice(
                    "engine", new FixedChoice.Args().key("s3.engine").choice("versitygw"), protect);
            new S3Bucket(
                    "bucket",
                    new S3Bucket.Args()
                            .endpoint(config.require("endpoint"))
                            .engine("versitygw")
                            .accessKey(config.require("access"))
                            .secretKey(config.requireSecret("secret"))
                            .bucket("media"),
                    CustomResourceOptions.builder()
                            .parent(storage)
                            .dependsOn(choice)
                            .build());
            context.export("password", password.value().asSecret());
            context.export("fixed", Output.of("yes"));
        });
    }
}
