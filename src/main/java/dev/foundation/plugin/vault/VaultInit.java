package dev.foundation.plugin.vault;

import dev.foundation.plugin.Problem;
import dev.foundation.plugin.ResourceHandler;
import dev.foundation.plugin.Run;
import dev.foundation.plugin.Secret;
import dev.foundation.plugin.Stable;
import dev.foundation.vault.InitialKeys;
import dev.foundation.vault.SealStatus;
import dev.foundation.vault.VaultClient;
import dev.foundation.vault.VaultException;
import dev.foundation.vault.VaultHealth;
import dev.foundation.vault.VaultSeal;
import dev.foundation.vault.Waiting;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A Vault server, initialised and unsealed (K2, K6). Vault gives its keys out once: from the moment it has, whatever fails keeps them in
 * the state. An initialised server is adopted with the unseal keys of the configuration (K1), and where those are new ones ({@code keys rotate unseal}), the
 * state takes them once each is proved to be the server's. A sealed one is an update: the preview shows the unseal. Removing the resource touches no data, and reading it never answers "gone".
 */
public final class VaultInit implements ResourceHandler<VaultInit.Inputs, VaultInit.Outputs> {
    private static final int SHARES = 5;
    private static final int THRESHOLD = 3;

    /**
     * Which server, and how it is to be initialised.
     *
     * @param unsealKeys of a server that is initialised already, in base64; all of them, as the configuration has them
     * @param rootToken made from the keys if not given
     * @param restoredFrom the point whose snapshot this server's data is: when it changes to a value, a new root token is made from the unseal
     *     keys and all other tokens are revoked, for whoever had a token at the time of the point had it again
     */
    public record Inputs(
            String address,
            Optional<Integer> shares,
            Optional<Integer> threshold,
            @Secret Optional<List<String>> unsealKeys,
            @Secret Optional<String> rootToken,
            Optional<String> restoredFrom) {
        int sharesOrDefault() {
            return shares.orElse(SHARES);
        }

        int thresholdOrDefault() {
            return threshold.orElse(THRESHOLD);
        }
    }

    /**
     * What Vault gave out.
     *
     * @param clusterId absent while the server has never been active
     */
    public record Outputs(
            @Secret @Stable List<String> unsealKeys,
            @Secret @Stable String rootToken,
            @Stable Optional<String> clusterId,
            String version) {}

    private final VaultClient vault;
    private final Duration patience;

    public VaultInit() {
        this(Duration.ofSeconds(60));
    }

    /** @param patience how long to wait for the server to answer, and again to become active */
    VaultInit(Duration patience) {
        this.vault = new VaultClient(URI.create("http://127.0.0.1:8200"), () -> "");
        this.patience = patience;
    }

    @Override
    public String token() {
        return "foundation:index:VaultInit";
    }

    @Override
    public Class<Inputs> inputs() {
        return Inputs.class;
    }

    @Override
    public Class<Outputs> outputs() {
        return Outputs.class;
    }

    @Override
    public List<Problem> check(Inputs inputs) {
        var problems = new ArrayList<Problem>();
        if (!inputs.address().matches("https?://[^/ ]+/?")) {
            problems.add(new Problem("address", "must be a URL without a path, such as http://127.0.0.1:8200"));
        }
        int shares = inputs.sharesOrDefault();
        int threshold = inputs.thresholdOrDefault();
        if (shares < 1 || shares > 255) {
            problems.add(new Problem("shares", "must be from 1 to 255"));
        }
        if (threshold < 1 || threshold > shares || (threshold == 1 && shares > 1)) {
            problems.add(new Problem("threshold", "must be from 2 to the number of shares (1 only with one share)"));
        }
        if (inputs.unsealKeys().filter(keys -> keys.size() < threshold).isPresent()) {
            problems.add(new Problem(
                    "unsealKeys",
                    "must be at least as many as the threshold, " + threshold
                            + ": `./foundation keys rotate unseal` makes as many as the configuration asks for"));
        }
        return List.copyOf(problems);
    }

    /** Keys saved into the configuration after the first run ask for nothing that the state has not. */
    @Override
    public boolean isSettled(String input, Inputs inputs, Outputs state) {
        return switch (input) {
            case "unsealKeys" -> inputs.unsealKeys().stream().allMatch(state.unsealKeys()::containsAll);
            case "rootToken" -> inputs.rootToken().stream().allMatch(state.rootToken()::equals);
            case "restoredFrom" -> inputs.restoredFrom().isEmpty();
            default -> false;
        };
    }

    @Override
    public Set<String> unstable(Inputs old, Inputs wanted) {
        var unstable = new HashSet<String>();
        if (restored(old, wanted)) {
            unstable.add("rootToken");
        }
        if (wanted.unsealKeys().isPresent() && !wanted.unsealKeys().equals(old.unsealKeys())) {
            unstable.add("unsealKeys");
        }
        return Set.copyOf(unstable);
    }

    private static boolean restored(Inputs old, Inputs wanted) {
        return wanted.restoredFrom().isPresent() && !wanted.restoredFrom().equals(old.restoredFrom());
    }

    @Override
    public Optional<String> drift(String id, Inputs inputs, Outputs state) throws InterruptedException {
        try {
            return switch (seal(inputs).health().state()) {
                case SEALED -> Optional.of("Vault is sealed: unseal it");
                case UNINITIALISED -> Optional.of("Vault is not initialised, but the state holds its keys");
                case ACTIVE, STANDBY, OTHER -> Optional.empty();
            };
        } catch (IOException e) {
            // Whether it must be unsealed shows once it answers; being down is the container's matter.
            return Optional.empty();
        }
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        VaultSeal seal = seal(inputs);
        SealStatus status = waiting(inputs, run).forAnswer();
        if (status.initialised()) {
            return new Created<>(inputs.address(), adopt(inputs, status, run));
        }
        if (inputs.unsealKeys().isPresent()) {
            throw new IOException("Vault at " + inputs.address()
                    + " is not initialised, but its unseal keys are in the configuration: its data is gone or this is another"
                    + " server. Restore its data, or remove vaultUnsealKeys from the configuration to begin anew");
        }
        run.info("initialising Vault at " + inputs.address());
        InitialKeys keys =
                Uninterrupted.call(() -> seal.initialise(inputs.sharesOrDefault(), inputs.thresholdOrDefault()));
        var made = new Outputs(keys.unsealKeys(), keys.rootToken(), Optional.empty(), status.version());
        try {
            return new Created<>(inputs.address(), open(inputs, made, run));
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw new PartialCreate(
                    inputs.address(),
                    made,
                    "Vault at " + inputs.address()
                            + " is initialised and its keys are kept in the state, but it is not unsealed yet"
                            + " (" + (e instanceof InterruptedException ? "cancelled" : e.getMessage())
                            + "). Run the update again",
                    e);
        }
    }

    private Outputs adopt(Inputs inputs, SealStatus status, Run run) throws IOException, InterruptedException {
        if (inputs.unsealKeys().isEmpty()) {
            throw new IOException("Vault at " + inputs.address()
                    + " is initialised already, and its keys are not in the state. Give its unseal keys as vaultUnsealKeys in the"
                    + " configuration to adopt it, or recover the state that made it");
        }
        refuseOtherShares(inputs, status);
        var known = new Outputs(
                inputs.unsealKeys().get(), inputs.rootToken().orElse(""), Optional.empty(), status.version());
        Outputs open = open(inputs, known, run);
        String root = inputs.rootToken().isPresent()
                ? inputs.rootToken().get()
                : seal(inputs).generateRootToken(open.unsealKeys());
        var tokens = vault.at(URI.create(inputs.address()), () -> root).tokens();
        var ignored = tokens.lookupSelf();
        if (inputs.restoredFrom().isPresent()) {
            run.info(tokens.revokeOthers() + " tokens from before the restore were revoked");
        }
        return new Outputs(open.unsealKeys(), root, open.clusterId(), open.version());
    }

    /** A run that was stopped in between makes one more: the keys are enough for it, whatever token the state still holds. */
    private Outputs withNewRoot(Inputs inputs, Outputs state, Run run) throws IOException, InterruptedException {
        run.info("making a new root token for Vault at " + inputs.address() + ", and revoking all others");
        String root = seal(inputs).generateRootToken(state.unsealKeys());
        int revoked =
                vault.at(URI.create(inputs.address()), () -> root).tokens().revokeOthers();
        run.info(revoked + " tokens from before the restore were revoked");
        return new Outputs(state.unsealKeys(), root, state.clusterId(), state.version());
    }

    /** Fails, and never answers "gone": what this resource holds cannot be made again. */
    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException, InterruptedException {
        if (known.isEmpty()) {
            throw new IOException(
                    "VaultInit " + id + " cannot be imported: Vault gives its keys out only once. Declare it with"
                            + " the unseal keys from the configuration instead; the server is adopted then");
        }
        Inputs inputs = known.get().inputs();
        Outputs state = known.get().outputs();
        SealStatus status = seal(inputs).status();
        if (!status.initialised()) {
            throw lost(inputs);
        }
        refuseOtherCluster(inputs, state, status);
        var now = new Outputs(
                state.unsealKeys(), state.rootToken(), status.clusterId().or(state::clusterId), status.version());
        return Optional.of(new Current<>(inputs, now));
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run)
            throws IOException, InterruptedException {
        if (!isSettled("rootToken", inputs, old.outputs())) {
            throw new IOException("Vault at " + inputs.address() + ": the root token that is given is not the state's."
                    + " This resource never changes it to a given one: put back that of this server");
        }
        SealStatus status = waiting(inputs, run).forAnswer();
        if (!status.initialised()) {
            throw lost(inputs);
        }
        refuseOtherShares(inputs, status);
        Outputs open = isSettled("unsealKeys", inputs, old.outputs())
                ? open(inputs, old.outputs(), run)
                : openWithNewKeys(inputs, old.outputs(), run);
        return restored(old.inputs(), inputs) ? withNewRoot(inputs, open, run) : open;
    }

    /** Forgets the keys and touches nothing else. */
    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) {
        run.warn("Vault at " + old.inputs().address()
                + " is left as it is. The state forgets its keys: keep vaultUnsealKeys of the"
                + " configuration as long as its data is of use");
    }

    /** The state takes the configuration's keys for its own when each of them was proved. */
    private Outputs openWithNewKeys(Inputs inputs, Outputs state, Run run) throws IOException, InterruptedException {
        List<String> keys = inputs.unsealKeys().orElseThrow();
        run.info("proving the new unseal keys of Vault at " + inputs.address());
        try {
            if (seal(inputs).status().sealed()) {
                var ignored = seal(inputs).unsealAmongOthers(keys); // the unsealer still has the older ones
            }
            Outputs open = open(inputs, new Outputs(keys, state.rootToken(), state.clusterId(), state.version()), run);
            seal(inputs).prove(keys);
            return open;
        } catch (VaultException e) {
            if (e.kind() == VaultException.Kind.UNREACHABLE) {
                throw e;
            }
            throw new IOException(
                    "the unseal keys of the configuration are others than those of the state, and are not all those of"
                            + " Vault at " + inputs.address()
                            + ". Where `./foundation keys rotate unseal` was stopped, run it again: it finishes; else bring back the"
                            + " Pulumi.foundation.yaml of the last commit. (" + e.getMessage() + ")",
                    e);
        }
    }

    private Outputs open(Inputs inputs, Outputs state, Run run) throws IOException, InterruptedException {
        if (seal(inputs).status().sealed()) {
            run.info("unsealing Vault at " + inputs.address());
            var ignored = seal(inputs).unseal(state.unsealKeys());
        }
        VaultHealth health = waiting(inputs, run).forActive();
        SealStatus status = seal(inputs).status();
        refuseOtherCluster(inputs, state, status);
        return new Outputs(
                state.unsealKeys(), state.rootToken(), health.clusterId().or(status::clusterId), status.version());
    }

    private static void refuseOtherShares(Inputs inputs, SealStatus status) throws IOException {
        if (status.shares() != inputs.sharesOrDefault() || status.threshold() != inputs.thresholdOrDefault()) {
            throw new IOException(
                    "Vault at " + inputs.address() + " has " + status.shares() + " shares with a threshold of "
                            + status.threshold() + ", and " + inputs.sharesOrDefault() + " with "
                            + inputs.thresholdOrDefault()
                            + " are asked for. `./foundation keys rotate unseal` makes as many as are asked for; or put the old numbers back");
        }
    }

    private static void refuseOtherCluster(Inputs inputs, Outputs state, SealStatus status) throws IOException {
        if (status.clusterId().isPresent()
                && state.clusterId().isPresent()
                && !status.clusterId().equals(state.clusterId())) {
            throw new IOException("Vault at " + inputs.address() + " is cluster "
                    + status.clusterId().get()
                    + ", and the state holds the keys of " + state.clusterId().get()
                    + ": the address leads to another server. Put the right address back");
        }
    }

    private static IOException lost(Inputs inputs) {
        return new IOException("Vault at " + inputs.address()
                + " is not initialised, but the state holds its keys: its data is gone or the address leads to another server."
                + " Restore its data before the next update; nothing was changed");
    }

    private VaultSeal seal(Inputs inputs) {
        return vault.at(URI.create(inputs.address()), () -> "").seal();
    }

    private Waiting waiting(Inputs inputs, Run run) {
        return new Waiting(seal(inputs), inputs.address(), patience, run::info);
    }
}
