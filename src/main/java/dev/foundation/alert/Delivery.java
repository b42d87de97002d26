package dev.foundation.alert;

/** How it went. The receiver is named by its kind and host, such as {@code ntfy at ntfy.example.org}. */
public sealed interface Delivery {
    String receiver();

    record Delivered(String receiver) implements Delivery {}

    /** @param reason in plain words, without the address */
    record Undelivered(String receiver, String reason) implements Delivery {}
}
