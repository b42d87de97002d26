package dev.foundation.agent;

import dev.foundation.alert.Alarms;
import dev.foundation.alert.Alert;
import dev.foundation.alert.Alert.Level;
import dev.foundation.alert.Attempts;
import dev.foundation.alert.Channel;
import dev.foundation.alert.Delivery;
import dev.foundation.alert.Ntfy;
import dev.foundation.alert.Outbox;
import dev.foundation.alert.PushMonitor;
import dev.foundation.bundle.BundleId;
import dev.foundation.schedule.Job;
import dev.foundation.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Where this process's alarms and pings go. The addresses are files, not in Vault: an alarm must get out when Vault is what is broken. */
final class AlarmBox implements AutoCloseable {
    private final Optional<Ntfy> ntfy;
    private final Map<Job, PushMonitor> monitors;
    private final Alarms alarms;
    private final Consumer<String> log;

    private AlarmBox(Optional<Ntfy> ntfy, Map<Job, PushMonitor> monitors, Alarms alarms, Consumer<String> log) {
        this.ntfy = ntfy;
        this.monitors = monitors;
        this.alarms = alarms;
        this.log = log;
    }

    /** @param secrets the folder with the files {@code ntfyUrl}, {@code ntfyToken}, {@code heartbeat<Job>}, each of which may be missing */
    static AlarmBox open(Path secrets, Path state, Consumer<String> log) throws IOException {
        Optional<Secret<String>> url = secret(secrets, "ntfyUrl");
        Optional<Secret<String>> token = secret(secrets, "ntfyToken");
        Optional<Ntfy> ntfy = url.map(topic -> token.isPresent()
                ? Ntfy.withToken(topic, token.get(), Attempts.USUAL)
                : Ntfy.open(topic, Attempts.USUAL));
        Map<Job, PushMonitor> monitors = new EnumMap<>(Job.class);
        for (Job job : Job.values()) {
            String name = job.toString();
            Optional<Secret<String>> monitor =
                    secret(secrets, "heartbeat" + Character.toUpperCase(name.charAt(0)) + name.substring(1));
            monitor.ifPresent(each -> monitors.put(job, new PushMonitor(each, Attempts.USUAL)));
        }
        List<Channel> channels = new ArrayList<>(ntfy.stream().toList());
        return new AlarmBox(ntfy, monitors, new Alarms(channels, Outbox.in(state)), log);
    }

    private static Optional<Secret<String>> secret(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.isRegularFile(file)
                ? Optional.of(Secret.of(Files.readString(file).strip()))
                : Optional.empty();
    }

    /** Told at once, and kept for later where that fails. */
    void raise(
            Level level,
            String title,
            List<String> sentences,
            Job job,
            String instance,
            Optional<BundleId> point,
            Instant at)
            throws InterruptedException {
        raise(new Alert(level, title, String.join("\n", sentences), job.toString(), instance, point, at));
    }

    void raise(Alert alert) throws InterruptedException {
        tell(alarms.raise(alert));
    }

    /** Sends what could not be sent before. */
    void retry() throws InterruptedException {
        tell(alarms.retry());
    }

    int waiting() {
        return alarms.waiting();
    }

    /** The dead man's switch: only after a run that is good in every way (R4.3). */
    void alive(Job job, String message, Duration took) throws InterruptedException {
        PushMonitor monitor = monitors.get(job);
        if (monitor != null) {
            tell(List.of(monitor.up(message, took)));
        }
    }

    void dead(Job job, String message) throws InterruptedException {
        PushMonitor monitor = monitors.get(job);
        if (monitor != null) {
            tell(List.of(monitor.down(message)));
        }
    }

    private void tell(List<Delivery> deliveries) {
        for (Delivery each : deliveries) {
            if (each instanceof Delivery.Undelivered(var receiver, var reason)) {
                log.accept("an alarm could not be delivered to " + receiver + ": " + reason);
            }
        }
    }

    @Override
    public void close() {
        ntfy.ifPresent(Ntfy::close);
        monitors.values().forEach(PushMonitor::close);
    }
}
