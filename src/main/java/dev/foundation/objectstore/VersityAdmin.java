package dev.foundation.objectstore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * versitygw keeps rights in the buckets' policies. So a user's rights are the statements that bear its mark in their {@code Sid}, and every change
 * reads the policy, replaces those, and writes it back. versitygw offers no conditional write of a policy: two writers at once must be
 * kept apart by the caller. Admin calls are PATCH requests with XML on the S3 port (read in the source of 1.8.0).
 */
final class VersityAdmin implements S3Admin {
    private static final byte[] NOTHING = new byte[0];
    private final S3Access root;
    private final AdminHttp http;
    private final S3Buckets buckets;

    VersityAdmin(S3Access root) {
        this.root = root;
        this.http = new AdminHttp(root);
        this.buckets = new S3Buckets(root);
    }

    @Override
    public boolean exists(String user) throws IOException, InterruptedException {
        var users = http.send("look for user " + user, SdkHttpMethod.PATCH, "/list-users", Map.of(), NOTHING);
        return Pattern.compile("<Access>" + Pattern.quote(escape(user)) + "</Access>")
                .matcher(users)
                .find();
    }

    @Override
    public void put(String user, String secret) throws IOException, InterruptedException {
        if (exists(user)) {
            var change = "<MutableProps><Secret>" + escape(secret) + "</Secret><Role>user</Role></MutableProps>";
            http.send(
                    "change user " + user, SdkHttpMethod.PATCH, "/update-user", Map.of("access", user), bytes(change));
            return;
        }
        var account = "<Account><Access>" + escape(user) + "</Access><Secret>" + escape(secret)
                + "</Secret><Role>user</Role></Account>";
        http.send("create user " + user, SdkHttpMethod.PATCH, "/create-user", Map.of(), bytes(account));
    }

    @Override
    public boolean accepts(String user, String secret) throws IOException {
        return SecretCheck.accepts(root.as(user, secret));
    }

    @Override
    public void setGrants(String user, List<Grant> grants) throws IOException {
        var rights = Rights.of(grants);
        var touched = new TreeSet<>(buckets.list());
        touched.addAll(rights.buckets());
        for (var bucket : touched) {
            setRights(bucket, user, rights.in(bucket));
        }
    }

    private void setRights(String bucket, String user, Rights rights) throws IOException {
        var policy = policy(bucket);
        if (policy.rightsOf(mark(user)).equals(rights)) {
            return;
        }
        policy.set(mark(user), Optional.of(user), rights);
        if (policy.isEmpty()) {
            buckets.removePolicy(bucket);
        } else {
            buckets.setPolicy(bucket, policy.json());
        }
    }

    private PolicyDocument policy(String bucket) throws IOException {
        var json = buckets.policy(bucket);
        return json.isEmpty() ? PolicyDocument.empty() : PolicyDocument.parse(json.get(), "bucket " + bucket);
    }

    @Override
    public Optional<List<Grant>> grants(String user) throws IOException {
        var all = new ArrayList<Grant>();
        for (var bucket : new TreeSet<>(buckets.list())) {
            var rights = policy(bucket).rightsOf(mark(user));
            var grants = rights.grants();
            if (!Rights.of(grants).equals(rights)) {
                return Optional.empty();
            }
            all.addAll(grants);
        }
        return Optional.of(List.copyOf(all));
    }

    /** Rights first: versitygw refuses to write a policy that names a user who is gone. */
    @Override
    public void delete(String user) throws IOException, InterruptedException {
        setGrants(user, List.of());
        if (exists(user)) {
            http.send("delete user " + user, SdkHttpMethod.PATCH, "/delete-user", Map.of("access", user), NOTHING);
        }
    }

    private static Optional<String> mark(String user) {
        return Optional.of("foundation:" + user);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
        buckets.close();
    }
}
