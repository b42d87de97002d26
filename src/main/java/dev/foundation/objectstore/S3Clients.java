package dev.foundation.objectstore;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/** How every S3 client of this project talks: by path, and without what self-hosted servers get wrong. */
public final class S3Clients {
    /** More than ever run side by side: who waits for a connection fails after ten seconds. */
    private static final int CONNECTIONS = 500;

    private S3Clients() {}

    /**
     * To be refined where more is known.
     *
     * @param timeout for the connection, for one answer, and between two bytes of one
     */
    public static S3ClientBuilder builder(S3Access access, Duration timeout) {
        return S3Client.builder()
                .endpointOverride(access.endpoint())
                .region(Region.of(access.region()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(access.accessKey(), access.secretKey())))
                .forcePathStyle(true)
                // A digest of ours goes with each part, and over plain HTTP the signature covers the body. Chunked
                // signatures, "100-continue" and the SDK's own checksums are what self-hosted servers get wrong.
                .serviceConfiguration(S3Configuration.builder()
                        .chunkedEncodingEnabled(false)
                        .expectContinueEnabled(false)
                        .build())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                // Sends a body as it reads it; the JDK's HttpURLConnection, as the SDK uses it, collects it whole
                // first.
                .httpClientBuilder(Apache5HttpClient.builder()
                        .connectionTimeout(timeout)
                        .socketTimeout(timeout)
                        .maxConnections(CONNECTIONS));
    }
}
