package dev.foundation.alert;

import dev.foundation.secret.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The dead man's switch (R4.3): a URL to be called after each good run, and whose silence alarms there. As Uptime Kuma's push monitor takes it:
 * {@code ?status=up&msg=...&ping=<milliseconds>}; the same parameters in the configured URL are replaced, others stay.
 *
 * <p>A ping is not kept for later: a monitor counts from its arrival, so one that comes late would hide the silence.
 */
public final class PushMonitor implements AutoCloseable {
    private static final List<String> OURS = List.of("status", "msg", "ping");
    private static final int MOST = 200;

    private final Address address;
    private final Sender sender;

    /** @throws IllegalArgumentException if it is no URL; the message does not repeat it */
    public PushMonitor(Secret<String> url, Attempts attempts) {
        this.address = Address.of("push monitor", url);
        this.sender = new Sender(attempts);
    }

    /** Only after a sealed point at every destination. @param message such as {@code point 20261121T030000Z, sequence 42} */
    public Delivery up(String message, Duration took) throws InterruptedException {
        return call("up", message, Long.toString(Math.max(0, took.toMillis())));
    }

    /** Tells the monitor of a failure at once instead of by silence. */
    public Delivery down(String message) throws InterruptedException {
        return call("down", message, "");
    }

    private Delivery call(String status, String message, String ping) throws InterruptedException {
        String cut = message.length() > MOST ? message.substring(0, MOST) : message;
        URI base = address.uri().expose();
        Stream<String> kept = base.getRawQuery() == null
                ? Stream.empty()
                : Arrays.stream(base.getRawQuery().split("&")).filter(PushMonitor::notOurs);
        String query = Stream.concat(kept, Stream.of("status=" + status, "msg=" + encoded(cut), "ping=" + ping))
                .collect(Collectors.joining("&"));
        String path = base.getRawPath();
        URI full = URI.create(base.getScheme() + "://" + base.getRawAuthority() + path + "?" + query);
        return sender.send(address, HttpRequest.newBuilder(full).GET());
    }

    private static boolean notOurs(String parameter) {
        return !parameter.isEmpty() && !OURS.contains(parameter.split("=", 2)[0].toLowerCase(Locale.ROOT));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        sender.close();
    }
}
