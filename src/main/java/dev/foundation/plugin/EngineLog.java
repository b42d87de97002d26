package dev.foundation.plugin;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import pulumirpc.EngineGrpc;
import pulumirpc.EngineOuterClass.LogRequest;
import pulumirpc.EngineOuterClass.LogSeverity;

/** Messages to the user, shown by the engine beside the resource they are about. Says nothing while no engine is known. */
final class EngineLog {
    private Optional<ManagedChannel> channel = Optional.empty();
    private String address = "";

    /** Where the engine listens ({@code host:port}); replaces an earlier one. */
    synchronized void connect(String newAddress) {
        if (newAddress.isEmpty() || newAddress.equals(address)) {
            return;
        }
        channel.ifPresent(ManagedChannel::shutdownNow);
        address = newAddress;
        channel = Optional.of(
                NettyChannelBuilder.forTarget(newAddress).usePlaintext().build());
    }

    /** Shown while the resource is worked on, and not kept. */
    void status(String urn, String message) {
        send(LogSeverity.INFO, urn, message, true);
    }

    void info(String urn, String message) {
        send(LogSeverity.INFO, urn, message, false);
    }

    void warn(String urn, String message) {
        send(LogSeverity.WARNING, urn, message, false);
    }

    synchronized void close() {
        channel.ifPresent(ManagedChannel::shutdownNow);
    }

    private void send(LogSeverity severity, String urn, String message, boolean ephemeral) {
        Optional<ManagedChannel> engine;
        synchronized (this) {
            engine = channel;
        }
        engine.ifPresent(open -> {
            try {
                var ignored = EngineGrpc.newBlockingStub(open)
                        .withDeadlineAfter(5, TimeUnit.SECONDS)
                        .log(LogRequest.newBuilder()
                                .setSeverity(severity)
                                .setUrn(urn)
                                .setMessage(message)
                                .setEphemeral(ephemeral)
                                .build());
            } catch (StatusRuntimeException e) {
                // A message that cannot be shown must not fail the work it tells of; the engine is gone or going.
            }
        });
    }
}
