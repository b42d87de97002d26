package dev.foundation.recover;

import dev.foundation.objectstore.S3Access;
import dev.foundation.secret.Secret;
import dev.foundation.spec.BackupSpec;
import dev.foundation.spec.ConfigKeys;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.local.LocalStore;
import dev.foundation.store.s3.S3Settings;
import dev.foundation.store.s3.S3Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the points of a lost machine are: the off-site bucket with the reader's credentials, or a folder.
 *
 * @param from what the configuration key {@code recovery.from} says: {@code off-site}, or the folder
 */
public record OffSite(ObjectStore store, String from) implements AutoCloseable {
    private static final String NAME = "off-site";
    private static final Pattern URL = Pattern.compile(
            "s3://(?<bucket>[a-z0-9.-]{3,63})\\?endpoint=(?<endpoint>https?://[^&/]+)(?:&region=(?<region>[a-z0-9-]+))?");

    /**
     * @param given the option {@code --from}
     * @param folders of this machine that may hold points, where there is no off-site store
     * @param secrets of the configuration, by key
     * @throws IOException if there is no place at all, or its credentials are missing
     */
    public static OffSite open(
            Optional<Path> given, BackupSpec backup, List<Path> folders, Secret<Map<String, String>> secrets)
            throws IOException {
        if (given.isPresent()) {
            return folder(given.get());
        }
        if (backup.offSite().isPresent()) {
            return new OffSite(bucket(backup.offSite().get(), secrets), NAME);
        }
        for (Path each : folders) {
            if (Files.isDirectory(each) && holdsFolders(each)) {
                return folder(each);
            }
        }
        throw new IOException(
                "Pulumi.foundation.yaml names no off-site store (foundation:backup.offsite), and no points"
                        + " lie on this machine: name a folder that holds them with --from");
    }

    /** @throws IOException if it is no folder */
    public static OffSite folder(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(absolute)) {
            throw new IOException(
                    absolute + " is no folder: --from wants the one that holds the points' folders and blobs/");
        }
        return new OffSite(new LocalStore(NAME, absolute), absolute.toString());
    }

    /**
     * A bucket that a person names, before any configuration is there.
     *
     * @param url {@code s3://bucket?endpoint=https://host&region=us-east-1}
     * @param environment {@code AWS_ACCESS_KEY_ID} and {@code AWS_SECRET_ACCESS_KEY}: a reader's
     * @throws IOException if a part of it is missing
     */
    public static OffSite url(String url, Map<String, String> environment) throws IOException {
        String accessKey = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
        String secretKey = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
        Matcher parts = URL.matcher(url);
        if (!parts.matches() || accessKey.isEmpty() || secretKey.isEmpty()) {
            throw new IOException("--from wants a folder, or s3://BUCKET?endpoint=https://HOST[&region=REGION] with a"
                    + " reader's AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment");
        }
        String endpoint = String.valueOf(parts.group("endpoint"));
        String region = Optional.ofNullable(parts.group("region")).orElse("us-east-1");
        return new OffSite(
                new S3Store(
                        NAME,
                        new S3Access(URI.create(endpoint), region, accessKey, secretKey),
                        String.valueOf(parts.group("bucket")),
                        S3Settings.usual(!endpoint.contains(".amazonaws.com"))),
                NAME);
    }

    private static boolean holdsFolders(Path folder) {
        try (Stream<Path> content = Files.list(folder)) {
            return content.anyMatch(Files::isDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectStore bucket(BackupSpec.OffSite place, Secret<Map<String, String>> secrets)
            throws IOException {
        String accessKey = secrets.expose().getOrDefault(ConfigKeys.OFFSITE_READER_ACCESS_KEY, "");
        String secretKey = secrets.expose().getOrDefault(ConfigKeys.OFFSITE_READER_SECRET_KEY, "");
        if (accessKey.isEmpty() || secretKey.isEmpty()) {
            throw new IOException("the off-site bucket " + place.bucket() + " at " + place.endpoint()
                    + " wants its reader's credentials: give foundation:" + ConfigKeys.OFFSITE_READER_ACCESS_KEY
                    + " and foundation:" + ConfigKeys.OFFSITE_READER_SECRET_KEY + " (pulumi config set --secret)");
        }
        return new S3Store(
                NAME,
                new S3Access(URI.create(place.endpoint()), place.region(), accessKey, secretKey),
                place.bucket(),
                S3Settings.usual(place.pathStyle()));
    }

    @Override
    public void close() {
        store.close();
    }
}
