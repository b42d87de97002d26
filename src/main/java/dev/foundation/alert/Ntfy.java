package dev.foundation.alert;

import dev.foundation.secret.Secret;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Publishes to a topic of ntfy (docs.ntfy.sh/publish): the body is the message; title, priority and tags are headers. */
public final class Ntfy implements Channel, AutoCloseable {
    /** Above 4096 bytes ntfy makes an attachment of a message. */
    private static final int MOST_BYTES = 4000;

    private final Address topic;
    private final Optional<Secret<String>> token;
    private final Sender sender;

    private Ntfy(Address topic, Optional<Secret<String>> token, Attempts attempts) {
        this.topic = topic;
        this.token = token;
        this.sender = new Sender(attempts);
    }

    /** @param topic such as {@code https://ntfy.example.org/foundation}. @throws IllegalArgumentException if it is no such URL */
    public static Ntfy open(Secret<String> topic, Attempts attempts) {
        return new Ntfy(Address.of("ntfy", topic), Optional.empty(), attempts);
    }

    /** @param token an access token of ntfy */
    public static Ntfy withToken(Secret<String> topic, Secret<String> token, Attempts attempts) {
        return new Ntfy(Address.of("ntfy", topic), Optional.of(token), attempts);
    }

    @Override
    public String name() {
        return "ntfy";
    }

    @Override
    public Delivery deliver(Alert alert) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(topic.uri().expose())
                .header("Title", header(alert.title()))
                .header("Priority", priority(alert.level()))
                .header("Tags", header(tag(alert.level()) + "," + alert.job() + "," + alert.instance()))
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(cut(alert.text())));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.expose()));
        return sender.send(topic, request);
    }

    /** Headers are ASCII; the rest goes as RFC 2047 says, which ntfy reads. */
    private static String header(String text) {
        String oneLine = text.replaceAll("\\p{Cntrl}", " ");
        return StandardCharsets.US_ASCII.newEncoder().canEncode(oneLine)
                ? oneLine
                : "=?UTF-8?B?" + Base64.getEncoder().encodeToString(oneLine.getBytes(StandardCharsets.UTF_8)) + "?=";
    }

    private static String priority(Alert.Level level) {
        return switch (level) {
            case INFO -> "3";
            case WARNING -> "4";
            case CRITICAL -> "5";
        };
    }

    private static String tag(Alert.Level level) {
        return switch (level) {
            case INFO -> "information_source";
            case WARNING -> "warning";
            case CRITICAL -> "rotating_light";
        };
    }

    /** At the end of a character: a byte that goes on with one begins with the bits 10. */
    private static byte[] cut(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MOST_BYTES) {
            return bytes;
        }
        int length = MOST_BYTES;
        while ((bytes[length] & 0xc0) == 0x80) {
            length--;
        }
        return (new String(bytes, 0, length, StandardCharsets.UTF_8) + " ...").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        sender.close();
    }
}
