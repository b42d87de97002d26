package dev.foundation.plugin;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** One provider on a port of the loopback interface. Each call runs on a virtual thread of its own. */
public final class ProviderServer implements AutoCloseable {
    /** The engine's own bound is far higher; a state of this size is a mistake. */
    private static final int LARGEST_MESSAGE = 64 << 20;

    private final Server server;
    private final EngineLog log;

    private ProviderServer(Server server, EngineLog log) {
        this.server = server;
        this.log = log;
    }

    /**
     * Starts to serve on a free port.
     *
     * @param engine the engine's address ({@code host:port}), empty if not known yet
     */
    public static ProviderServer start(ProviderPackage served, String engine) throws IOException {
        var log = new EngineLog();
        log.connect(engine);
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .maxInboundMessageSize(LARGEST_MESSAGE)
                .addService(new ProviderService(served, log))
                .build()
                .start();
        return new ProviderServer(server, log);
    }

    public int port() {
        return server.getPort();
    }

    /** Waits until {@link #close}. */
    public void await() throws InterruptedException {
        server.awaitTermination();
    }

    /** Gives calls under way two seconds to end. */
    @Override
    public void close() {
        server.shutdown();
        try {
            if (!server.awaitTermination(2, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        log.close();
    }
}
