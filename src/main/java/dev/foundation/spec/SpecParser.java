package dev.foundation.spec;

import dev.foundation.spec.BackupSpec.Retention;
import dev.foundation.spec.BackupSpec.Timetable;
import dev.foundation.spec.FoundationSpec.ForgejoSpec;
import dev.foundation.spec.FoundationSpec.ForgejoSpec.Product;
import dev.foundation.spec.FoundationSpec.PostgresSpec;
import dev.foundation.spec.FoundationSpec.RunnerSpec;
import dev.foundation.spec.FoundationSpec.S3Spec;
import dev.foundation.spec.FoundationSpec.S3Spec.Engine;
import dev.foundation.spec.FoundationSpec.Site;
import dev.foundation.spec.FoundationSpec.VaultSpec;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Turns the configuration into the specification, or into all of its problems at once. Pure: the same configuration gives the same
 * answer, and nothing outside it is asked.
 */
public final class SpecParser {
    private static final int MOST_KEPT = 10_000;
    private static final Set<String> BACKENDS = Set.of("file", "s3", "gs", "azblob", "postgres", "https", "http");
    private static final Pattern BUCKET = Pattern.compile("(?!.*\\.\\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern SSH_ED25519 = Pattern.compile("ssh-ed25519 [A-Za-z0-9+/]{68}( \\S+)?");
    private static final Pattern POINT = Pattern.compile("\\d{8}T\\d{6}Z");
    private static final int MOST_EPOCHS = 1_000_000;
    private static final List<String> DEFAULT_LABELS = List.of("docker:docker://code.forgejo.org/oci/node:22-bookworm");

    private final ConfigReader reader;

    private SpecParser(Configuration configuration) {
        this.reader = new ConfigReader(configuration);
    }

    /** For the launcher: {@code auto} may stand, and the file need not be set up yet. */
    public static SpecDraft draft(Configuration configuration) throws InvalidConfigException {
        SpecParser parser = new SpecParser(configuration);
        SpecDraft draft = parser.read();
        parser.finish();
        return draft;
    }

    /** For the program: every choice must be written down, and the file set up. */
    public static FoundationSpec settled(Configuration configuration) throws InvalidConfigException {
        SpecParser parser = new SpecParser(configuration);
        SpecDraft draft = parser.read();
        parser.unsettled(draft);
        parser.finish();
        return draft.settle(
                draft.instanceId().orElseThrow(),
                draft.site().orElseThrow(),
                draft.engine().orElseThrow());
    }

    private void finish() throws InvalidConfigException {
        List<ConfigProblem> problems = reader.problems();
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
    }

    private void unsettled(SpecDraft draft) {
        String settle = "it still stands at auto: run `./foundation up`, which settles it, or give a value";
        open("instanceId", draft.instanceId(), "it is missing: run `./foundation up`, which sets this file up");
        open("site", draft.site(), settle);
        open("s3.engine", draft.engine(), settle);
        open("forgejo.product", draft.product(), settle);
    }

    private void open(String key, Optional<?> choice, String remedy) {
        if (choice.isEmpty() && reader.good(key)) {
            reader.problem(key, Optional.empty(), remedy);
        }
    }

    private SpecDraft read() {
        InstanceName instance = reader.value("instance", InstanceName::new);
        Optional<String> instanceId =
                reader.maybe("instanceId", text -> UUID.fromString(text).toString());
        Optional<Site> site = reader.choice("site", Site.values());
        boolean running = reader.flag("running");
        Optional<String> stateBackend = reader.maybe("stateBackend", SpecParser::backend);
        String bindAddress = reader.value("bindAddress", SpecParser::address);
        VaultSpec vault = vault();
        PostgresSpec postgres = new PostgresSpec(
                reader.flag("postgres.enabled"),
                port("postgres.port"),
                reader.memory("postgres.memory"),
                image("postgres.image"));
        Optional<Engine> engine = reader.choice("s3.engine", Engine.values());
        S3Spec s3 = new S3Spec(
                reader.flag("s3.enabled"),
                engine.orElse(Engine.RUSTFS),
                port("s3.port"),
                port("s3.consolePort"),
                reader.memory("s3.memory"),
                image("s3.image"));
        Optional<Product> product = reader.choice("forgejo.product", Product.values());
        ForgejoSpec forgejo = forgejo(product, bindAddress);
        RunnerSpec runner = new RunnerSpec(
                reader.flag("runner.enabled") && forgejo.enabled(),
                reader.memory("runner.memory"),
                image("runner.image"),
                labels());
        BackupSpec backup = backup(vault.enabled() && s3.enabled());
        FoundationSpec provisional = new FoundationSpec(
                instance,
                instanceId.orElse(""),
                site.orElse(Site.ONLINE),
                running,
                bindAddress,
                vault,
                postgres,
                s3,
                forgejo,
                runner,
                backup,
                recovery());
        CrossChecks.run(provisional, site, product, reader);
        return new SpecDraft(provisional, instanceId, site, engine, product, stateBackend);
    }

    private RecoverySpec recovery() {
        int epoch = reader.number("epoch", 1, MOST_EPOCHS);
        Optional<String> point = reader.maybe("recovery.point", text -> {
            ConfigReader.require(POINT.matcher(text).matches());
            return text;
        });
        Optional<String> stage = reader.maybe("recovery.stage", SpecParser::folder);
        Optional<String> from =
                reader.maybe("recovery.from", text -> text.equals(RecoverySpec.OFF_SITE) ? text : folder(text));
        CrossChecks.recoveryIsWhole(point.isPresent(), stage.isPresent(), from.isPresent(), reader);
        return new RecoverySpec(
                epoch,
                reader.maybe("recovery.scratch", InstanceName::new),
                point.flatMap(each -> stage.flatMap(folder -> from.map(place -> new RecoverySpec.Restored(
                        each, folder, Optional.of(place).filter(where -> !where.equals(RecoverySpec.OFF_SITE)))))));
    }

    private VaultSpec vault() {
        int shares = reader.number("vault.shares", 1, 255);
        int threshold = reader.number("vault.threshold", 1, 255);
        return new VaultSpec(
                reader.flag("vault.enabled"),
                port("vault.port"),
                reader.memory("vault.memory"),
                image("vault.image"),
                shares,
                threshold);
    }

    private ForgejoSpec forgejo(Optional<Product> product, String bindAddress) {
        int port = port("forgejo.port");
        String host = bindAddress.equals("0.0.0.0") || bindAddress.equals("::") ? "127.0.0.1" : bindAddress;
        String literal = host.contains(":") ? "[" + host + "]" : host;
        String rootUrl = reader.maybe("forgejo.rootUrl", text -> {
                    String url = httpUrl(text).toString();
                    return url.endsWith("/") ? url : url + "/";
                })
                .orElse("http://" + literal + ":" + port + "/");
        return new ForgejoSpec(
                reader.flag("forgejo.enabled"),
                product.orElse(Product.FORGEJO),
                port,
                port("forgejo.sshPort"),
                rootUrl,
                reader.memory("forgejo.memory"),
                image("forgejo.image"));
    }

    private String cron(String key) {
        return reader.value(key, text -> {
            ConfigReader.require(CronFields.valid(text));
            return text;
        });
    }

    /** @param on whether what it needs is */
    private BackupSpec backup(boolean on) {
        return new BackupSpec(
                reader.flag("backup.enabled") && on,
                reader.maybe("backupAgeRecipient", text -> {
                    ConfigReader.require(AgeRecipients.valid(text));
                    return text;
                }),
                reader.list("backup.ageRecipients", AgeRecipients::valid),
                reader.maybe("sealPublicKey", text -> {
                    ConfigReader.require(SSH_ED25519.matcher(text).matches());
                    return text;
                }),
                reader.list(
                        ConfigKeys.RETIRED_SEAL_PUBLIC_KEYS,
                        text -> SSH_ED25519.matcher(text).matches()),
                reader.list(ConfigKeys.RETIRED_AGE_RECIPIENTS, AgeRecipients::valid)
                                .size()
                        + 1,
                new Retention(
                        reader.number("backup.retentionDaily", 0, MOST_KEPT),
                        reader.number("backup.retentionWeekly", 0, MOST_KEPT),
                        reader.number("backup.retentionMonthly", 0, MOST_KEPT),
                        reader.number("backup.retentionYearly", 0, MOST_KEPT)),
                new Timetable(
                        cron("backup.schedule"),
                        cron("backup.pruneSchedule"),
                        cron("backup.verifySchedule"),
                        reader.value("backup.timeZone", ZoneId::of),
                        Duration.ofSeconds(reader.number("backup.jitterSeconds", 0, 3600))),
                port("backup.port"),
                reader.memory("backup.memory"),
                reader.maybe("backup.folder", SpecParser::folder),
                offSite());
    }

    private Optional<BackupSpec.OffSite> offSite() {
        Optional<URI> endpoint = reader.maybe("backup.offsite.endpoint", text -> {
            URI url = httpUrl(text);
            ConfigReader.require(url.getPath().isEmpty() || url.getPath().equals("/"));
            return url;
        });
        Optional<String> bucket = reader.maybe("backup.offsite.bucket", text -> {
            ConfigReader.require(BUCKET.matcher(text).matches());
            return text;
        });
        String region = reader.value("backup.offsite.region", text -> {
            ConfigReader.require(REGION.matcher(text).matches());
            return text;
        });
        Optional<Boolean> pathStyle = reader.maybe("backup.offsite.pathStyle", ConfigReader::toFlag);
        CrossChecks.offSiteIsWhole(endpoint.isPresent(), bucket.isPresent(), reader);
        if (endpoint.isEmpty() || bucket.isEmpty()) {
            return Optional.empty();
        }
        // Amazon's own hosts: the program makes the bucket there itself, and names it in the host, not in the path.
        boolean aws = endpoint.get().getHost().endsWith(".amazonaws.com");
        return Optional.of(
                new BackupSpec.OffSite(endpoint.get().toString(), bucket.get(), region, pathStyle.orElse(!aws), aws));
    }

    private List<String> labels() {
        List<String> labels = reader.list("runner.labels", text -> {
            int colon = text.indexOf(':');
            String name = colon < 0 ? text : text.substring(0, colon);
            String schema = colon < 0 ? "" : text.substring(colon + 1);
            return LABEL.matcher(name).matches()
                    && (schema.isEmpty() || schema.startsWith("docker://") && pinned(schema.substring(9)));
        });
        return labels.isEmpty() ? DEFAULT_LABELS : labels;
    }

    private static boolean pinned(String image) {
        try {
            return !new ImageRef(image).value().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private int port(String path) {
        return reader.number(path, 1, 65_535);
    }

    private Optional<ImageRef> image(String path) {
        return reader.maybe(path, ImageRef::new);
    }

    private static String folder(String text) {
        ConfigReader.require(text.startsWith("/") && text.length() > 1 && !text.contains("/../"));
        return text;
    }

    private static String address(String text) {
        // The JDK also takes 127.1 and 1; nobody means these.
        ConfigReader.require(
                text.contains(":") || text.chars().filter(c -> c == '.').count() == 3);
        return InetAddress.ofLiteral(text).getHostAddress();
    }

    /** The schemes of Pulumi's backends. */
    private static String backend(String text) {
        URI url = URI.create(text);
        ConfigReader.require(url.getScheme() != null
                && BACKENDS.contains(url.getScheme())
                && url.getUserInfo() == null
                && !String.valueOf(url.getAuthority()).contains("@"));
        return text;
    }

    private static URI httpUrl(String text) {
        URI url = URI.create(text);
        String scheme = String.valueOf(url.getScheme());
        // A password in a URL would be a secret in clear.
        ConfigReader.require((scheme.equals("http") || scheme.equals("https"))
                && url.getHost() != null
                && url.getUserInfo() == null
                && url.getQuery() == null
                && url.getFragment() == null);
        return url;
    }
}
