package dev.foundation.plugin.s3;

import dev.foundation.objectstore.Grant;
import dev.foundation.objectstore.Grant.Action;
import dev.foundation.objectstore.ObjectStoreException;
import dev.foundation.objectstore.S3Admin;
import dev.foundation.plugin.Patience;
import dev.foundation.plugin.Problem;
import dev.foundation.plugin.ReplaceOnChange;
import dev.foundation.plugin.ResourceHandler;
import dev.foundation.plugin.Run;
import dev.foundation.plugin.Secret;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/** A user of the S3 server with its rights, and no others (T4). Its buckets must exist: give them as dependencies. */
public final class S3User implements ResourceHandler<S3User.Inputs, S3User.Outputs> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{2,63}");
    private static final Pattern SECRET = Pattern.compile("[!-~]{16,128}");
    /** On versitygw, users share their buckets' policies, which have to be read, changed and written by one at a time. */
    private final ReentrantLock oneAtATime = new ReentrantLock();

    /** @param actions {@code read}, {@code write}, {@code list}, {@code delete} */
    public record BucketGrant(String bucket, List<String> actions) {
        public BucketGrant {
            actions = List.copyOf(actions);
        }

        Grant grant() {
            return new Grant(
                    bucket,
                    actions.stream()
                            .map(a -> Action.valueOf(a.toUpperCase(Locale.ROOT)))
                            .toList());
        }

        static BucketGrant of(Grant grant) {
            return new BucketGrant(
                    grant.bucket(),
                    grant.actions().stream()
                            .map(a -> a.name().toLowerCase(Locale.ROOT))
                            .toList());
        }
    }

    /**
     * @param accessKey of the administrator
     * @param name the user's access key
     * @param secret the user's secret key
     */
    public record Inputs(
            String endpoint,
            String engine,
            String accessKey,
            @Secret String secretKey,
            Optional<String> region,
            @ReplaceOnChange String name,
            @Secret String secret,
            List<BucketGrant> grants) {
        public Inputs {
            grants = List.copyOf(grants);
        }

        S3Admin connect() {
            return S3Admin.of(Server.engine(engine), Server.access(endpoint, region, accessKey, secretKey));
        }

        List<Grant> rights() {
            return grants.stream().map(BucketGrant::grant).toList();
        }

        @Override
        public String toString() {
            return "user " + name + " at " + endpoint;
        }
    }

    /** @param userName the access key, for resources that must wait for the user and its rights */
    public record Outputs(String userName) {}

    @Override
    public String token() {
        return "foundation:index:S3User";
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
        var problems = Server.check(inputs.endpoint(), inputs.engine(), inputs.accessKey(), inputs.secretKey())
                .matching("name", inputs.name(), NAME, "3 to 64 letters, digits, '.', '_' and '-'")
                .unless(
                        !inputs.name().equals(inputs.accessKey()),
                        "name",
                        "is the administrator's own access key: choose another")
                .unless(
                        SECRET.matcher(inputs.secret()).matches(),
                        "secret",
                        "must have 16 to 128 printable ASCII characters without spaces");
        for (var grant : inputs.grants()) {
            problems.matching("grants", grant.bucket(), Grant.BUCKET, "a bucket's name")
                    .unless(
                            !grant.actions().isEmpty(),
                            "grants",
                            "bucket " + grant.bucket() + ": name at least one action");
            grant.actions()
                    .forEach(action -> problems.unless(
                            Arrays.stream(Action.values())
                                    .anyMatch(a ->
                                            a.name().toLowerCase(Locale.ROOT).equals(action)),
                            "grants",
                            "bucket " + grant.bucket() + ": \"" + action
                                    + "\" is not allowed: use read, write, list, delete"));
        }
        var named = inputs.grants().stream().map(BucketGrant::bucket).toList();
        problems.unless(named.stream().distinct().count() == named.size(), "grants", "name each bucket once");
        return problems.list();
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        oneAtATime.lockInterruptibly();
        try (var admin = inputs.connect()) {
            Patience.wait(Patience.USUAL, run, ObjectStoreException::isTransient, () -> {
                if (!admin.exists(inputs.name()) || !admin.accepts(inputs.name(), inputs.secret())) {
                    admin.put(inputs.name(), inputs.secret());
                }
                admin.setGrants(inputs.name(), inputs.rights());
                return true;
            });
        } finally {
            oneAtATime.unlock();
        }
        return new Created<>(inputs.name(), new Outputs(inputs.name()));
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException, InterruptedException {
        if (known.isEmpty()) {
            throw new IOException(
                    "user " + id + " needs no import: declare it and run up, which adopts a user that is there");
        }
        var was = known.get().inputs();
        try (var admin = was.connect()) {
            if (!admin.exists(id)) {
                return Optional.empty();
            }
            // What differs is shown as different inputs: a secret that was changed as empty, rights beyond ours as
            // none.
            var secret = admin.accepts(id, was.secret()) ? was.secret() : "";
            var rights = admin.grants(id).orElse(List.of());
            var now = new Inputs(
                    was.endpoint(),
                    was.engine(),
                    was.accessKey(),
                    was.secretKey(),
                    was.region(),
                    was.name(),
                    secret,
                    same(was.rights(), rights)
                            ? was.grants()
                            : rights.stream().map(BucketGrant::of).toList());
            return Optional.of(new Current<>(now, known.get().outputs()));
        }
    }

    private static boolean same(List<Grant> asked, List<Grant> found) {
        return asked.size() == found.size() && found.containsAll(asked);
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run)
            throws IOException, InterruptedException {
        return create(inputs, run).outputs();
    }

    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) throws IOException, InterruptedException {
        oneAtATime.lockInterruptibly();
        try (var admin = old.inputs().connect()) {
            Patience.wait(Patience.USUAL, run, ObjectStoreException::isTransient, () -> {
                admin.delete(id);
                return true;
            });
        } finally {
            oneAtATime.unlock();
        }
    }
}
