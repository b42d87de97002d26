package dev.foundation.vault;

import dev.foundation.vault.VaultException.Kind;
import dev.foundation.vault.VaultHealth.State;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Bounded waits for a Vault server that is coming up. Each wait has the whole patience and ends when its thread is interrupted.
 *
 * @param say told what is waited for
 */
public record Waiting(VaultSeal seal, String address, Duration patience, Consumer<String> say) {
    private static final Duration STEP = Duration.ofMillis(250);

    /** Until the server answers at all. */
    public SealStatus forAnswer() throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return seal.status();
            } catch (VaultException e) {
                // While it starts, a server may also answer 5xx without having read its storage.
                boolean passing = e.kind() == Kind.UNREACHABLE || e.status() >= 500;
                if (!passing || System.nanoTime() > end) {
                    throw e;
                }
                say.accept("waiting for Vault at " + address);
                pause();
            }
        }
    }

    /** Until it is active: unsealed is not enough, its audit devices must open too. */
    public VaultHealth forActive() throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            VaultHealth health = seal.health();
            if (health.state() == State.ACTIVE) {
                return health;
            }
            if (System.nanoTime() > end) {
                throw new IOException("Vault at " + address + " was unsealed, but did not become active within "
                        + patience.toSeconds() + " s (it is " + health.state()
                        + "). See its log: an audit device that cannot be written keeps it from serving");
            }
            pause();
        }
    }

    private static void pause() throws InterruptedException {
        Thread.sleep(STEP);
    }
}
