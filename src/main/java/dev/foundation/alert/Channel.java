package dev.foundation.alert;

/** A way to tell somebody. */
public interface Channel {
    /** Unique among the channels of one process and the same after a restart, such as {@code ntfy}: undelivered alerts are kept under it. */
    String name();

    /** Tries, some times. Never throws for what the network or the receiver does. */
    Delivery deliver(Alert alert) throws InterruptedException;
}
