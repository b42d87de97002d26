package dev.foundation.cli;

import dev.foundation.artifact.forgejo.VolumeSwap;
import dev.foundation.artifact.postgres.Psql;
import dev.foundation.event.RunEvent;
import dev.foundation.forgejo.ForgejoCommand;
import dev.foundation.objectstore.S3Access;
import dev.foundation.recover.ScratchVault;
import dev.foundation.secret.Secret;
import dev.foundation.secret.UnsealKeys;
import dev.foundation.vault.VaultClient;
import java.io.IOException;
import java.util.function.Consumer;

/** The services of the foundation that runs, as a restore in place reaches them. What is not asked for is not looked at. */
interface LiveServices {
    /** Forgejo's own database. */
    String FORGEJO_DATABASE = "forgejo";

    Psql postgres() throws IOException, InterruptedException;

    boolean hasForgejo();

    /** Returns when it has ended. */
    void stopForgejo() throws IOException, InterruptedException;

    /** Returns when it answers. */
    void startForgejo() throws IOException, InterruptedException;

    ForgejoCommand forgejo();

    VolumeSwap volume(Consumer<RunEvent> events) throws IOException, InterruptedException;

    /** As its administrator. */
    S3Access objects() throws IOException, InterruptedException;

    /** Without a token. */
    VaultClient vault();

    UnsealKeys unsealKeys() throws IOException;

    /** The root token that the stack's state holds. */
    Secret<String> rootToken() throws IOException, InterruptedException;

    void restartVault() throws IOException, InterruptedException;

    ScratchVault scratchVault() throws IOException, InterruptedException;
}
