package dev.foundation.alert;

import dev.foundation.alert.Delivery.Delivered;
import dev.foundation.alert.Delivery.Undelivered;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells every channel, and tells those again later that could not be told. An alert is written down before it is sent, so it survives the process; it may
 * arrive twice, never not at all while the outbox has room.
 */
public final class Alarms {
    private final List<Channel> channels;
    private final Outbox outbox;
    private final Set<Long> underWay = ConcurrentHashMap.newKeySet();
    private final ReentrantLock retrying = new ReentrantLock();

    public Alarms(List<? extends Channel> channels, Outbox outbox) {
        this.channels = List.copyOf(channels);
        this.outbox = outbox;
    }

    /** One outcome for each channel, and one more if the outbox could not be written. Failing is an outcome, never an exception. */
    public List<Delivery> raise(Alert alert) throws InterruptedException {
        var numbers = new ArrayList<Long>();
        for (Channel channel : channels) {
            long number = outbox.add(new Outbox.Entry(channel.name(), alert));
            underWay.add(number);
            numbers.add(number);
        }
        var deliveries = new ArrayList<Delivery>();
        try {
            Optional<Delivery> trouble = save();
            for (int i = 0; i < channels.size(); i++) {
                deliveries.add(send(channels.get(i), numbers.get(i), alert));
            }
            trouble.ifPresent(deliveries::add);
        } finally {
            underWay.removeAll(numbers);
        }
        if (deliveries.stream().anyMatch(Delivered.class::isInstance)) {
            save(); // that it failed has been told above; an alert sent twice is no harm
        }
        return deliveries;
    }

    /**
     * Sends what waits, oldest first; a channel that fails is not asked again in this round. For the agent to call every minute or so. Empty if nothing
     * waits, or another thread is at it.
     */
    public List<Delivery> retry() throws InterruptedException {
        var deliveries = new ArrayList<Delivery>();
        if (!retrying.tryLock()) {
            return deliveries;
        }
        try {
            for (Channel channel : channels) {
                for (Map.Entry<Long, Outbox.Entry> waiting :
                        outbox.waiting(channel.name()).entrySet()) {
                    if (underWay.contains(waiting.getKey())) {
                        continue;
                    }
                    Delivery delivery =
                            send(channel, waiting.getKey(), waiting.getValue().alert());
                    deliveries.add(delivery);
                    if (delivery instanceof Undelivered) {
                        break;
                    }
                    save().ifPresent(deliveries::add);
                }
            }
        } finally {
            retrying.unlock();
        }
        return deliveries;
    }

    /** How many alerts wait. */
    public int waiting() {
        return outbox.size();
    }

    private Delivery send(Channel channel, long number, Alert alert) throws InterruptedException {
        Delivery delivery = channel.deliver(alert);
        if (delivery instanceof Delivered) {
            outbox.remove(number);
        }
        return delivery;
    }

    private Optional<Delivery> save() {
        try {
            outbox.save();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Undelivered(
                    "outbox",
                    "undelivered alerts are kept in memory only: their file cannot be written ("
                            + e.getClass().getSimpleName() + ")"));
        }
    }
}
