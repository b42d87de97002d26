package dev.foundation.alert;

import dev.foundation.secret.Secret;
import java.net.URI;
import java.net.URISyntaxException;

/** A receiver's URL. Its path and query may be all that protects it, so only the host is ever shown. */
final class Address {
    private final Secret<URI> uri;
    private final String receiver;

    private Address(Secret<URI> uri, String receiver) {
        this.uri = uri;
        this.receiver = receiver;
    }

    /** @param kind such as {@code ntfy}. @throws IllegalArgumentException if it is no URL; the message does not repeat it */
    static Address of(String kind, Secret<String> url) {
        URI uri;
        try {
            uri = new URI(url.expose().strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(wrong(kind)); // without the cause: it holds the text
        }
        String scheme = uri.getScheme();
        boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!http || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(wrong(kind));
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return new Address(Secret.of(uri), kind + " at " + uri.getHost() + port);
    }

    private static String wrong(String kind) {
        return "the address of " + kind + " is not of the form http(s)://host/path, without user and password"
                + " (not shown: it may hold a secret)";
    }

    /** As people may see it. */
    String receiver() {
        return receiver;
    }

    Secret<URI> uri() {
        return uri;
    }

    @Override
    public String toString() {
        return receiver;
    }
}
