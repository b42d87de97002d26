package dev.foundation.parts;

import dev.foundation.event.PartEvent;
import dev.foundation.spec.Versions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The Pulumi CLI as its makers ship it: {@code pulumi-v<version>-linux-<arch>.tar.gz}, checked against the release's
 * {@code pulumi-<version>-checksums.txt} (sha256, two spaces, name). The archive holds the language hosts as well.
 *
 * <p>Tried against a local stand-in server; never against the real internet.
 */
final class OfficialCli {
    static final URI RELEASES = URI.create("https://github.com/pulumi/pulumi/releases/download/");

    private final Locations locations;
    private final String version;
    private final URI releases;
    private final Map<String, String> environment;
    private final Consumer<PartEvent> events;

    /** @param releases the folder that holds {@code v<version>/<file>}; ends with a slash */
    OfficialCli(
            Locations locations,
            Versions versions,
            URI releases,
            Map<String, String> environment,
            Consumer<PartEvent> events) {
        this.locations = locations;
        this.version = versions.of("pulumi");
        this.releases = releases;
        this.environment = Map.copyOf(environment);
        this.events = events;
    }

    private String key() {
        return "pulumi-" + version + "-official";
    }

    Path folder() {
        return locations.tools().resolve(key());
    }

    Path prepare() throws IOException, InterruptedException {
        Path folder = folder();
        if (Files.isDirectory(folder)) {
            return folder;
        }
        Path lock = locations.cache().resolve("locks").resolve(key() + ".lock");
        try (var held = PartLock.take(lock, () -> {});
                var client = Proxies.client(environment, Duration.ofSeconds(20))) {
            if (!Files.isDirectory(folder)) {
                fetch(client, folder);
            }
            return folder;
        } catch (IOException e) {
            throw Diagnosis.of("fetching pulumi " + version, locations.cache(), e);
        }
    }

    private void fetch(HttpClient client, Path folder) throws IOException, InterruptedException {
        String title = "pulumi " + version;
        String archive = "pulumi-v" + version + "-linux-" + architecture() + ".tar.gz";
        long start = System.nanoTime();
        events.accept(new PartEvent.Started(title, "fetching", Optional.empty()));
        Path unfinished = locations.cache().resolve("unfinished");
        Path out = unfinished.resolve(key());
        Path file = unfinished.resolve(archive);
        Folders.remove(out);
        Files.createDirectories(out);
        boolean done = false;
        try {
            String expected = checksum(client, archive);
            String found = download(client, uri(archive), file, title);
            if (!found.equals(expected)) {
                throw new PartUnavailable(archive + " from " + releases.getHost() + " has sha256 " + found
                        + ", its checksum file says " + expected
                        + "; it was thrown away. Try again, and if it stays so, do not use that source.");
            }
            var unpacked = Command.of("tar", "-xzf", file.toString(), "-C", out.toString(), "--strip-components=1")
                    .run();
            if (!unpacked.ok() || !Files.isExecutable(out.resolve("pulumi"))) {
                throw new PartUnavailable(archive + " can't be unpacked, or holds no pulumi: " + unpacked.text());
            }
            new Origin(key(), Origin.OFFICIAL).write(out);
            Files.createDirectories(locations.tools());
            Files.move(out, folder, StandardCopyOption.ATOMIC_MOVE);
            done = true;
        } finally {
            Files.deleteIfExists(file);
            if (!done) {
                Folders.remove(out);
            }
        }
        events.accept(new PartEvent.Finished(title, Duration.ofNanos(System.nanoTime() - start)));
    }

    private URI uri(String file) {
        return releases.resolve("v" + version + "/" + file);
    }

    private static String architecture() {
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return arch.equals("aarch64") || arch.equals("arm64") ? "arm64" : "x64";
    }

    private String checksum(HttpClient client, String archive) throws IOException, InterruptedException {
        URI uri = uri("pulumi-" + version + "-checksums.txt");
        List<String> lines =
                send(client, uri, BodyHandlers.ofString()).body().lines().toList();
        for (String line : lines) {
            String[] words = line.strip().split("\\s+");
            if (words.length == 2 && words[1].equals(archive)) {
                return words[0].toLowerCase(Locale.ROOT);
            }
        }
        throw new PartUnavailable(
                uri + " names no checksum for " + archive + "; is VERSIONS' pulumi=" + version + " right?");
    }

    private String download(HttpClient client, URI uri, Path file, String title)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> response = send(client, uri, BodyHandlers.ofInputStream());
        long all = response.headers().firstValueAsLong("Content-Length").orElse(0);
        try (InputStream body = response.body();
                var digested = new DigestInputStream(body, MessageDigest.getInstance("SHA-256"));
                var out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            long done = 0;
            for (int n = digested.read(buffer); n >= 0; n = digested.read(buffer)) {
                out.write(buffer, 0, n);
                done += n;
                events.accept(new PartEvent.Advanced(
                        title, (done >> 20) + " MiB", all > 0 ? Optional.of((double) done / all) : Optional.empty()));
            }
            return HexFormat.of().formatHex(digested.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static <T> HttpResponse<T> send(HttpClient client, URI uri, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        HttpResponse<T> response;
        try {
            response = client.send(
                    HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(10)).build(), body);
        } catch (IOException e) {
            throw new PartUnavailable(
                    uri + " can't be fetched (" + e
                            + "). Check the network, or set FOUNDATION_SITE=sealed to build instead.",
                    e);
        }
        if (response.statusCode() != 200) {
            throw new PartUnavailable(uri + " answered " + response.statusCode()
                    + ". Is the version in VERSIONS right? FOUNDATION_SITE=sealed builds it instead.");
        }
        return response;
    }
}
