package dev.foundation.stack;

import com.pulumi.core.Output;
import com.pulumi.docker.Network;
import com.pulumi.docker.Volume;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.ServiceName;
import dev.foundation.stack.Scope.Image;
import dev.foundation.stack.Scope.Owner;
import dev.foundation.stack.binding.foundation.RunnerRegistration;
import dev.foundation.stack.binding.foundation.VolumeFiles;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The Actions runner, the only container that may touch Docker: whoever can push a workflow to a repository that it serves has root on this
 * host (docs/security.md says so). It is registered by a shared secret, offline, and never restored (R3.1).
 */
final class Runner extends ComponentResource {
    private static final String FOLDER = "/run/registration";

    Runner(
            FoundationSpec spec,
            Network network,
            Images images,
            ForgejoServer forgejo,
            ComponentResourceOptions options) {
        super("foundation:stack:Runner", spec.instance().named(ServiceName.RUNNER.container()), options);
        Scope scope = new Scope(spec, ServiceName.RUNNER, this, network);
        Output<String> secret = forgejo.runnerSecret();
        String name = scope.name();

        RunnerRegistration registration = new RunnerRegistration(
                scope.name("registration"),
                new RunnerRegistration.Args()
                        .container(spec.onDocker().named(ServiceName.FORGEJO.container()))
                        .binary(ForgejoServer.BINARY)
                        .config(ForgejoServer.CONFIGURATION)
                        .runAs(ForgejoServer.USER)
                        .name(name)
                        .secretFile(ForgejoServer.RUNNER_SECRET_FILE)
                        .secret(secret),
                scope.options(forgejo.serving()).build());

        Image image = scope.image(spec.runner().image().orElseGet(() -> images.of(ServiceName.RUNNER)));
        Volume identity = scope.filesVolume("registration");
        VolumeFiles files = scope.files(
                "registration",
                identity,
                image,
                Owner.ROOT,
                secret.applyValue(known ->
                        Map.of(".runner", runnerFile(name, known, spec.runner().labels()))));
        Volume work = scope.filesVolume("work");
        if (spec.running()) {
            scope.container(image, spec.runner().memory())
                    .user(Owner.ROOT)
                    .entrypoint("/bin/sh", "-c")
                    .command("cp " + FOLDER + "/.runner /data/.runner && cd /data && exec forgejo-runner daemon")
                    .env("DOCKER_HOST", "unix:///var/run/docker.sock")
                    .env("HOME", "/data")
                    .mount(work, "/data")
                    .mountReadOnly(identity, FOLDER)
                    .mountHost("/var/run/docker.sock", "/var/run/docker.sock")
                    .scratch("/tmp")
                    .healthy("pgrep -f 'forgejo-runner daemon' >/dev/null")
                    .grace("SIGTERM", 30)
                    .restartOn("registration", files.digest())
                    .after(registration)
                    .build();
        }
        registerOutputs(Map.of("name", Output.of(name)));
    }

    /**
     * What {@code forgejo-runner create-runner-file} would write. Its UUID is the secret's first 16 characters taken as bytes, as Forgejo
     * computes it too.
     */
    static String runnerFile(String name, String secret, List<String> labels) {
        byte[] first = secret.substring(0, 16).getBytes(StandardCharsets.US_ASCII);
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(first);
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("id", 0);
        file.put("uuid", new UUID(bytes.getLong(), bytes.getLong()).toString());
        file.put("name", name);
        file.put("token", secret);
        file.put("address", "http://forgejo:" + ForgejoServer.HTTP_PORT);
        file.put("labels", labels);
        return Json.text(file);
    }
}
