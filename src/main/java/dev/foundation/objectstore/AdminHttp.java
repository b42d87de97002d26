package dev.foundation.objectstore;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Requests to an S3 server's admin API, signed with AWS Signature Version 4 for the service {@code s3}. */
final class AdminHttp implements AutoCloseable {
    private static final Pattern XML_CODE = Pattern.compile("<Code>([^<]*)</Code>");
    private static final Pattern XML_MESSAGE = Pattern.compile("<Message>([^<]*)</Message>");
    private final S3Access access;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    AdminHttp(S3Access access) {
        this.access = access;
    }

    /**
     * @param action for the error, such as {@code create user x}
     * @return the answer's body
     * @throws ObjectStoreException for every answer of 300 and above; its message never holds the request's body
     */
    String send(String action, SdkHttpMethod method, String path, Map<String, String> query, byte[] body)
            throws IOException, InterruptedException {
        // Sorted, so that the path sent is the path signed.
        var suffix = new TreeMap<>(query)
                .entrySet().stream()
                        .map(p -> p.getKey() + "="
                                + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8)
                                        .replace("+", "%20"))
                        .collect(Collectors.joining("&"));
        var uri =
                URI.create(access.endpoint().resolve("/") + path.substring(1) + (suffix.isEmpty() ? "" : "?" + suffix));
        var request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(30))
                .method(method.name(), HttpRequest.BodyPublishers.ofByteArray(body));
        sign(method, uri, body).headers().forEach((name, values) -> {
            // The client sets these two itself, and refuses to be told.
            if (!name.equalsIgnoreCase("Host") && !name.equalsIgnoreCase("Content-Length")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        HttpResponse<String> answer;
        try {
            answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw S3Errors.unreachable(action, access, e);
        }
        if (answer.statusCode() >= 300) {
            throw S3Errors.answered(
                    action,
                    access,
                    answer.statusCode(),
                    first(XML_CODE, answer.body()),
                    first(XML_MESSAGE, answer.body()),
                    null);
        }
        return answer.body();
    }

    private SdkHttpRequest sign(SdkHttpMethod method, URI uri, byte[] body) {
        var unsigned = SdkHttpFullRequest.builder().method(method).uri(uri).build();
        return AwsV4HttpSigner.create()
                .sign(r -> r.identity(AwsCredentialsIdentity.create(access.accessKey(), access.secretKey()))
                        .request(unsigned)
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, access.region())
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false))
                .request();
    }

    private static String first(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        return found.find() ? found.group(1) : "";
    }

    @Override
    public void close() {
        client.close();
    }
}
