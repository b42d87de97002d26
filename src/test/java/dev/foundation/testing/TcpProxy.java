package dev.foundation.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A way to a server on loopback that is slow, breaks, or swallows everything, as it is told. */
public final class TcpProxy implements AutoCloseable {
    /** Bytes that a client may send on a connection before it is cut. */
    private static final long NEVER = Long.MAX_VALUE;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicInteger cutsLeft = new AtomicInteger();
    private final AtomicLong cutAfter = new AtomicLong(NEVER);
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean silent;

    public TcpProxy(int target) throws IOException {
        this.target = target;
        Thread.startVirtualThread(this::accept);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Everything passes again, at once. */
    public void pass() {
        delay = Duration.ZERO;
        silent = false;
        cutAfter.set(NEVER);
        cuts.set(0);
    }

    /** Each piece waits so long. */
    public void slow(Duration each) {
        delay = each;
    }

    /** The next connections that send so many bytes are cut there, as many as {@code times}. */
    public void cut(long afterBytes, int times) {
        cutsLeft.set(times);
        cutAfter.set(afterBytes);
    }

    /** Connections are taken, and nothing ever comes back. */
    public void silence() {
        silent = true;
    }

    /** Connections that were cut since {@link #pass}. */
    public int cuts() {
        return cuts.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                Thread.startVirtualThread(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(server);
            Thread back = Thread.startVirtualThread(() -> copy(server, client, false));
            copy(client, server, true);
            back.join();
        } catch (IOException | InterruptedException e) {
            // The connection has ended, one way or another.
        }
    }

    private void copy(Socket from, Socket to, boolean fromClient) {
        byte[] buffer = new byte[8 << 10];
        long sent = 0;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sent += read;
                if (silent) {
                    continue;
                }
                Thread.sleep(delay);
                if (fromClient && sent > cutAfter.get() && cutsLeft.getAndDecrement() > 0) {
                    cuts.incrementAndGet();
                    from.setSoLinger(true, 0);
                    from.close();
                    to.close();
                    return;
                }
                out.write(buffer, 0, read);
                out.flush();
            }
            to.shutdownOutput();
        } catch (IOException | InterruptedException e) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed, then.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        open.forEach(TcpProxy::close);
    }
}
