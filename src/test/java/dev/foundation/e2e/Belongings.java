package dev.foundation.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** What a foundation holds, as its users would see it: to be the same after a recovery as before (R3). */
record Belongings(
        Map<String, String> secrets,
        String rows,
        String roles,
        String refs,
        Map<String, String> objects,
        String applicationKeys) {

    static Belongings of(Foundation foundation) throws IOException, InterruptedException {
        return new Belongings(
                secrets(foundation),
                sql(foundation, "forgejo", COUNT_EVERY_TABLE),
                sql(
                        foundation,
                        "postgres",
                        "select rolname, rolsuper, rolcanlogin, md5(coalesce(rolpassword, '')) from pg_authid order by 1"),
                refs(foundation),
                objects(foundation),
                applicationKeys(foundation));
    }

    /** Exact counts, a line each; sessions and the like come and go with every request. */
    private static final String COUNT_EVERY_TABLE = """
            select table_name, (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I', table_name), false, true, '')))[1]
            from information_schema.tables where table_schema = 'public'
              and table_name not in ('session', 'system_setting', 'notice', 'app_state', 'cron_task', 'action')
            order by 1""";

    /** Every secret of the mount, with its values. */
    private static Map<String, String> secrets(Foundation foundation) throws IOException, InterruptedException {
        Map<String, String> all = new TreeMap<>();
        for (JsonNode service :
                foundation.vault("LIST", "foundation/metadata", "").at("/data/keys")) {
            for (JsonNode name : foundation
                    .vault("LIST", "foundation/metadata/" + service.asText(), "")
                    .at("/data/keys")) {
                String path = service.asText() + name.asText();
                all.put(path, foundation.credential(path).toString());
            }
        }
        return all;
    }

    private static String sql(Foundation foundation, String database, String query)
            throws IOException, InterruptedException {
        return foundation
                .machine
                .run("docker", "exec", "foundation-postgres", "psql", "-XAtU", "postgres", "-d", database, "-c", query)
                .mustSucceed()
                .output();
    }

    /** But this project's own repository: `up` pushes what the clone has, and a recovering clone may have more. */
    private static String refs(Foundation foundation) throws IOException, InterruptedException {
        return foundation
                .machine
                .run(
                        "docker",
                        "exec",
                        "foundation-forgejo",
                        "sh",
                        "-c",
                        "cd /var/lib/gitea/git/repositories && for r in $(ls -d */*.git | grep -v ^foundation/foundation.git); do echo $r; git -C $r for-each-ref; done")
                .mustSucceed()
                .output();
    }

    /** The newest content of each object, by its ETag. */
    private static Map<String, String> objects(Foundation foundation) throws IOException, InterruptedException {
        Map<String, String> admin = foundation.credential("s3/admin-credentials");
        Map<String, String> all = new TreeMap<>();
        for (String bucket : new String[] {"forgejo-lfs", "forgejo-packages", "forgejo-artifacts"}) {
            String listing = foundation
                    .s3(admin, "http://127.0.0.1:9000/" + bucket + "?list-type=2")
                    .mustSucceed()
                    .output();
            var matcher = java.util.regex.Pattern.compile("<Key>([^<]*)</Key>").matcher(listing);
            while (matcher.find()) {
                all.put(
                        bucket + "/" + matcher.group(1),
                        foundation
                                        .s3(
                                                admin,
                                                "-o",
                                                "/tmp/belonging",
                                                "http://127.0.0.1:9000/" + bucket + "/" + matcher.group(1))
                                        .mustSucceed()
                                        .output()
                                + foundation
                                        .machine
                                        .run("sha256sum", "/tmp/belonging")
                                        .output());
            }
        }
        return all;
    }

    /** What two-factor secrets and tokens in the database are encrypted with: never made anew. */
    private static String applicationKeys(Foundation foundation) throws IOException, InterruptedException {
        return foundation
                .machine
                .run(
                        "docker",
                        "exec",
                        "foundation-forgejo",
                        "sh",
                        "-c",
                        "sha256sum /etc/gitea/app.ini; find /var/lib/gitea -name '*ssh_host*' -o -name 'gitea.rsa' | sort | xargs -r sha256sum")
                .mustSucceed()
                .output();
    }
}
