package dev.foundation.plugin.s3;

import dev.foundation.objectstore.S3Access;
import dev.foundation.objectstore.S3Engine;
import dev.foundation.plugin.Problems;
import java.net.URI;
import java.util.Optional;

/** What both types say of the server they live on. */
final class Server {
    static final String DEFAULT_REGION = "us-east-1";

    private Server() {}

    static S3Access access(String endpoint, Optional<String> region, String accessKey, String secretKey) {
        return new S3Access(URI.create(endpoint), region.orElse(DEFAULT_REGION), accessKey, secretKey);
    }

    static S3Engine engine(String name) {
        return S3Engine.of(name)
                .orElseThrow(() -> new IllegalArgumentException("S3 engine \"" + name + "\" is unknown"));
    }

    static Problems check(String endpoint, String engine, String accessKey, String secretKey) {
        return new Problems()
                .unless(
                        isAddress(endpoint),
                        "endpoint",
                        "\"" + endpoint + "\" is no address: write http://host:port or https://host:port")
                .unless(
                        S3Engine.of(engine).isPresent(),
                        "engine",
                        "\"" + engine + "\" is not allowed: use rustfs or versitygw")
                .filled("accessKey", accessKey)
                .filled("secretKey", secretKey);
    }

    private static boolean isAddress(String endpoint) {
        try {
            return new S3Access(URI.create(endpoint), "", "", "").endpoint().isAbsolute();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
