package dev.foundation.spec;

import dev.foundation.spec.FoundationSpec.ForgejoSpec;
import dev.foundation.spec.FoundationSpec.ForgejoSpec.Product;
import dev.foundation.spec.FoundationSpec.RunnerSpec;
import dev.foundation.spec.FoundationSpec.S3Spec;
import dev.foundation.spec.FoundationSpec.S3Spec.Engine;
import dev.foundation.spec.FoundationSpec.Site;
import java.util.Optional;

/**
 * A valid configuration in which some choices may still stand at {@code auto}, and which may not be set up yet. The launcher settles the
 * open ones once and writes them down (S4); the program only takes settled configurations.
 *
 * @param stateBackend where Pulumi keeps its state (K4), unless the environment says otherwise; the launcher's alone
 * @param provisional everything that is configured; open choices hold a guess that only displays may use (online, RustFS, Forgejo)
 */
public record SpecDraft(
        FoundationSpec provisional,
        Optional<String> instanceId,
        Optional<Site> site,
        Optional<Engine> engine,
        Optional<Product> product,
        Optional<String> stateBackend) {

    /** True if nothing is open: the file has been set up and every {@code auto} is written down. */
    public boolean settled() {
        return instanceId.isPresent() && site.isPresent() && engine.isPresent() && product.isPresent();
    }

    /** What a settled draft says, as the program will read it. @throws java.util.NoSuchElementException if a choice is open */
    public FoundationSpec spec() {
        return settle(instanceId.orElseThrow(), site.orElseThrow(), engine.orElseThrow());
    }

    /** Forgejo cannot be had on a sealed site; Gitea, its ancestor, stands in (said by {@code up}, {@code status} and the README). */
    public static Product productOf(Site site) {
        return switch (site) {
            case ONLINE -> Product.FORGEJO;
            case SEALED -> Product.GITEA;
        };
    }

    /** Closes the open choices with these; what the file says wins over them. The product follows the site. */
    public FoundationSpec settle(String freshInstanceId, Site foundSite, Engine foundEngine) {
        Site settledSite = site.orElse(foundSite);
        Product settledProduct = product.orElse(productOf(settledSite));
        S3Spec s3 = provisional.s3();
        ForgejoSpec forgejo = provisional.forgejo();
        RunnerSpec runner = provisional.runner();
        boolean canRun = forgejo.enabled() && settledSite == Site.ONLINE && settledProduct == Product.FORGEJO;
        return new FoundationSpec(
                provisional.instance(),
                instanceId.orElse(freshInstanceId),
                settledSite,
                provisional.running(),
                provisional.bindAddress(),
                provisional.vault(),
                provisional.postgres(),
                new S3Spec(
                        s3.enabled(), engine.orElse(foundEngine), s3.port(), s3.consolePort(), s3.memory(), s3.image()),
                new ForgejoSpec(
                        forgejo.enabled(),
                        settledProduct,
                        forgejo.port(),
                        forgejo.sshPort(),
                        forgejo.rootUrl(),
                        forgejo.memory(),
                        forgejo.image()),
                new RunnerSpec(runner.enabled() && canRun, runner.memory(), runner.image(), runner.labels()),
                provisional.backup(),
                provisional.recovery());
    }
}
