package dev.foundation.parts;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;

/** HTTP as the environment wants it: the JDK's client does not read {@code https_proxy}, every other tool here does. */
final class Proxies {
    private Proxies() {}

    static HttpClient client(Map<String, String> environment, Duration connectTimeout) {
        var builder =
                HttpClient.newBuilder().connectTimeout(connectTimeout).followRedirects(HttpClient.Redirect.NORMAL);
        String proxy = environment.getOrDefault("https_proxy", environment.getOrDefault("HTTPS_PROXY", ""));
        if (!proxy.isEmpty()) {
            URI uri = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
            if (uri.getHost() != null) {
                builder.proxy(
                        ProxySelector.of(new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort())));
            }
        }
        return builder.build();
    }
}
