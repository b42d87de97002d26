package dev.foundation.stack;

import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.FoundationSpec.ForgejoSpec;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Forgejo's {@code app.ini}, written whole: with every secret given, Forgejo never writes to the file itself. Gitea reads the same keys.
 * Source: Forgejo's configuration cheat sheet.
 */
final class ForgejoConfiguration {
    private final StringBuilder text = new StringBuilder();

    private ForgejoConfiguration() {}

    /** @param secrets by the names that {@link ForgejoServer} gives them in Vault */
    static String render(FoundationSpec foundation, Map<String, String> secrets) {
        ForgejoSpec spec = foundation.forgejo();
        ForgejoConfiguration ini = new ForgejoConfiguration();
        URI root = URI.create(spec.rootUrl());
        ini.section(
                "",
                "APP_NAME",
                foundation.instance().value(),
                "RUN_MODE",
                "prod",
                "RUN_USER",
                "git",
                "WORK_PATH",
                "/var/lib/gitea");
        ini.section(
                "server",
                "PROTOCOL",
                "http",
                "DOMAIN",
                root.getHost(),
                "ROOT_URL",
                spec.rootUrl(),
                "HTTP_ADDR",
                "0.0.0.0",
                "HTTP_PORT",
                ForgejoServer.HTTP_PORT,
                "APP_DATA_PATH",
                "/var/lib/gitea/data",
                "START_SSH_SERVER",
                true,
                "BUILTIN_SSH_SERVER_USER",
                "git",
                "SSH_DOMAIN",
                root.getHost(),
                "SSH_PORT",
                spec.sshPort(),
                "SSH_LISTEN_PORT",
                ForgejoServer.SSH_PORT,
                "LFS_START_SERVER",
                true,
                "LFS_JWT_SECRET",
                secret(secrets, "lfsJwtSecret"),
                "OFFLINE_MODE",
                true);
        if (spec.product() == ForgejoSpec.Product.GITEA) {
            ini.add("STATIC_ROOT_PATH", "/usr/share/gitea");
        }
        ini.section(
                "database",
                "DB_TYPE",
                "postgres",
                "HOST",
                "postgres:" + PostgresServer.PORT,
                "NAME",
                ForgejoServer.DATABASE,
                "USER",
                ForgejoServer.DATABASE,
                "PASSWD",
                secret(secrets, "databasePassword"),
                "SSL_MODE",
                "disable");
        ini.section(
                "security",
                "INSTALL_LOCK",
                true,
                "SECRET_KEY",
                secret(secrets, "secretKey"),
                "INTERNAL_TOKEN",
                secret(secrets, "internalToken"),
                "PASSWORD_HASH_ALGO",
                "pbkdf2_hi");
        ini.section("oauth2", "JWT_SECRET", secret(secrets, "jwtSecret"));
        ini.section("service", "DISABLE_REGISTRATION", true, "REQUIRE_SIGNIN_VIEW", true);
        ini.section("repository", "ROOT", "/var/lib/gitea/git/repositories", "DEFAULT_BRANCH", "main");
        ini.section("storage", "STORAGE_TYPE", "local");
        objects(ini, "lfs", ForgejoServer.LFS_BUCKET, secrets);
        objects(ini, "storage.packages", ForgejoServer.PACKAGES_BUCKET, secrets);
        objects(ini, "storage.actions_artifacts", ForgejoServer.ARTIFACTS_BUCKET, secrets);
        ini.section("actions", "ENABLED", true);
        // A backup copies references before objects: nothing may collect objects in between (P5).
        ini.section("git.config", "gc.auto", 0);
        ini.section("cron.git_gc_repos", "ENABLED", false);
        ini.section("cron.update_checker", "ENABLED", false);
        ini.section("mailer", "ENABLED", false);
        if (foundation.recovery().scratch().isPresent()) {
            // The trial of a restore tells nobody anything.
            ini.section("mirror", "ENABLED", false);
            ini.section("webhook", "ALLOWED_HOST_LIST", "loopback");
        }
        ini.section("log", "MODE", "console", "LEVEL", "Info", "ROOT_PATH", "/tmp");
        return ini.text.toString();
    }

    private static void objects(ForgejoConfiguration ini, String section, String bucket, Map<String, String> secrets) {
        ini.section(
                section,
                "STORAGE_TYPE",
                "minio",
                "MINIO_ENDPOINT",
                "s3:" + ObjectStorage.PORT,
                "MINIO_ACCESS_KEY_ID",
                secret(secrets, "s3AccessKey"),
                "MINIO_SECRET_ACCESS_KEY",
                secret(secrets, "s3SecretKey"),
                "MINIO_BUCKET",
                bucket,
                "MINIO_BUCKET_LOOKUP",
                "path",
                "MINIO_LOCATION",
                "us-east-1",
                "MINIO_USE_SSL",
                false,
                "SERVE_DIRECT",
                false);
    }

    private static String secret(Map<String, String> secrets, String name) {
        String value = secrets.get(name);
        if (value == null) {
            throw new IllegalArgumentException("Forgejo's configuration needs the secret " + name);
        }
        return value;
    }

    private void section(String name, Object... keysAndValues) {
        if (!name.isEmpty()) {
            text.append("\n[").append(name).append("]\n");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        values.forEach(this::add);
    }

    private void add(String key, Object value) {
        text.append(key).append(" = ").append(value).append('\n');
    }
}
