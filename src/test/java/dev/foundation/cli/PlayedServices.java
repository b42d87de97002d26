package dev.foundation.cli;

import dev.foundation.artifact.forgejo.VolumeSwap;
import dev.foundation.artifact.postgres.Psql;
import dev.foundation.docker.Exec;
import dev.foundation.docker.LocalExec;
import dev.foundation.event.RunEvent;
import dev.foundation.forgejo.ForgejoCommand;
import dev.foundation.objectstore.S3Access;
import dev.foundation.process.Finished;
import dev.foundation.process.Input;
import dev.foundation.recover.LocalVault;
import dev.foundation.recover.ScratchVault;
import dev.foundation.secret.Secret;
import dev.foundation.secret.UnsealKeys;
import dev.foundation.testing.FakeDocker;
import dev.foundation.testing.PostgresServer;
import dev.foundation.testing.S3Server;
import dev.foundation.testing.VaultServer;
import dev.foundation.vault.VaultClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Real servers of a test as the services that run; Forgejo itself is played, and its volume is a folder. */
final class PlayedServices implements LiveServices {
    final List<String> calls = new ArrayList<>();
    final Path folder;

    @Nullable
    PostgresServer postgres;

    @Nullable
    S3Server objects;

    @Nullable
    VaultServer vault;

    Path volume;
    UnsealKeys keys = UnsealKeys.none();
    String rootToken = "";
    private int scratches;

    PlayedServices(Path folder) {
        this.folder = folder;
        this.volume = folder.resolve("volume");
    }

    @Override
    public Psql postgres() {
        var access = Objects.requireNonNull(postgres).root();
        return new Psql(
                new LocalExec(Map.of(
                        "PGHOST", access.host(),
                        "PGPORT", Integer.toString(access.port()),
                        "PGUSER", access.user(),
                        "PGPASSWORD", access.password())),
                List.of("/usr/lib/postgresql/15/bin/psql"));
    }

    @Override
    public boolean hasForgejo() {
        return true;
    }

    @Override
    public void stopForgejo() {
        calls.add("stop");
    }

    @Override
    public void startForgejo() {
        calls.add("start");
    }

    @Override
    public ForgejoCommand forgejo() {
        Exec exec = new Exec() {
            @Override
            public Finished run(List<String> args, Input input, Duration timeout) {
                calls.add(String.join(" ", args));
                return new Finished(0, new byte[0], "");
            }
        };
        return new ForgejoCommand(exec, "gitea", "app.ini");
    }

    @Override
    public VolumeSwap volume(Consumer<RunEvent> events) throws IOException {
        var top = Files.readAttributes(volume, "unix:uid,gid");
        return new VolumeSwap(
                new FakeDocker(folder, volume).cli(),
                "data",
                "image",
                (Integer) top.get("uid"),
                (Integer) top.get("gid"),
                events);
    }

    @Override
    public S3Access objects() {
        return Objects.requireNonNull(objects).root();
    }

    @Override
    public VaultClient vault() {
        return new VaultClient(Objects.requireNonNull(vault).address(), () -> "");
    }

    @Override
    public UnsealKeys unsealKeys() {
        return keys;
    }

    @Override
    public Secret<String> rootToken() {
        return Secret.of(rootToken);
    }

    @Override
    public void restartVault() throws IOException {
        Objects.requireNonNull(vault).restart();
    }

    @Override
    public ScratchVault scratchVault() throws IOException {
        return new LocalVault(Files.createDirectories(folder.resolve("scratch-" + scratches++)));
    }
}
