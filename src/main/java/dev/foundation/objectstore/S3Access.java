package dev.foundation.objectstore;

import java.net.URI;

/**
 * Where an S3 server is, and as whom to talk to it. Never prints its secret.
 *
 * @param endpoint scheme, host and port; buckets are addressed by path
 */
public record S3Access(URI endpoint, String region, String accessKey, String secretKey) {
    public S3Access {
        var scheme = endpoint.getScheme();
        if (endpoint.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException(
                    "S3 endpoint " + endpoint + ": write it as http://host:port or https://host:port");
        }
    }

    /** The same server as another user. */
    public S3Access as(String otherKey, String otherSecret) {
        return new S3Access(endpoint, region, otherKey, otherSecret);
    }

    @Override
    public String toString() {
        return accessKey + " at " + endpoint;
    }
}
