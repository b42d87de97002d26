package dev.foundation.store.s3;

import dev.foundation.objectstore.S3Access;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A tiny S3 server, good by itself, whose every answer a test may spoil. One request a connection. */
final class StandInS3 implements AutoCloseable {
    /** @param body to be read by whoever answers */
    record Request(String method, String path, String query, Map<String, String> headers, InputStream body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        boolean is(String wantedMethod) {
            return method.equals(wantedMethod);
        }

        boolean part() {
            return is("PUT") && query.contains("partNumber=");
        }

        @Override
        public String toString() {
            return method + " " + path + (query.isEmpty() ? "" : "?" + query);
        }
    }

    /**
     * @param cutAfter the connection ends after so many bytes of the body; -1 sends all
     * @param pauseBefore the answer
     * @param pauseWithin after half of what is sent of the body
     */
    record Reply(
            int status,
            Map<String, String> headers,
            byte[] body,
            int cutAfter,
            Duration pauseBefore,
            Duration pauseWithin) {
        static Reply of(int status, Map<String, String> headers, byte[] body) {
            return new Reply(status, headers, body, -1, Duration.ZERO, Duration.ZERO);
        }

        static Reply xml(String text) {
            return of(200, Map.of("content-type", "application/xml"), text.getBytes(StandardCharsets.UTF_8));
        }

        static Reply error(int status, String code) {
            var text = "<Error><Code>" + code + "</Code><Message>as told</Message></Error>";
            return of(status, Map.of("content-type", "application/xml"), text.getBytes(StandardCharsets.UTF_8));
        }

        Reply cut(int after) {
            return new Reply(status, headers, body, after, pauseBefore, pauseWithin);
        }

        Reply late(Duration by) {
            return new Reply(status, headers, body, cutAfter, by, pauseWithin);
        }

        Reply stuck(Duration time) {
            return new Reply(status, headers, body, cutAfter, pauseBefore, time);
        }
    }

    /** The connection is dropped without an answer. */
    static final class Cut extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** What a test lets the server do. */
    interface Script {
        Reply answer(Request request, StandInS3 good) throws IOException;
    }

    private record Stored(byte[] bytes, Map<String, String> metadata) {}

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Map<String, Stored> objects = new TreeMap<>();
    private final Map<String, Map<String, String>> begun = new TreeMap<>();
    private final Map<String, byte[]> parts = new TreeMap<>();
    final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Script script = (request, good) -> good.good(request);

    StandInS3() throws IOException {
        Thread.startVirtualThread(this::serve);
    }

    void script(Script next) {
        script = next;
    }

    S3Access access() {
        return new S3Access(
                URI.create("http://127.0.0.1:" + socket.getLocalPort()), "us-east-1", "key", "a-secret-never-shown");
    }

    synchronized void put(String key, byte[] bytes) {
        objects.put("/points/" + key, new Stored(bytes, Map.of()));
    }

    synchronized byte[] get(String key) {
        var stored = objects.get("/points/" + key);
        return stored == null ? null : stored.bytes;
    }

    long count(String method) {
        return requests.stream().filter(request -> request.is(method)).count();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                Thread.startVirtualThread(() -> serve(connection));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var in = new BufferedInputStream(connection.getInputStream());
            var request = read(in);
            requests.add(request);
            Reply reply;
            try {
                reply = script.answer(request, this);
            } catch (Cut e) {
                connection.setSoLinger(true, 0);
                return;
            }
            request.body().readAllBytes();
            Thread.sleep(reply.pauseBefore());
            var out = new BufferedOutputStream(connection.getOutputStream());
            var head = new StringBuilder("HTTP/1.1 " + reply.status() + " Told\r\nConnection: close\r\n");
            reply.headers()
                    .forEach((name, value) ->
                            head.append(name).append(": ").append(value).append("\r\n"));
            head.append("Content-Length: ").append(reply.body().length).append("\r\n\r\n");
            out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            if (!request.is("HEAD")) {
                int length = reply.cutAfter() < 0 ? reply.body().length : reply.cutAfter();
                out.write(reply.body(), 0, length / 2);
                out.flush();
                Thread.sleep(reply.pauseWithin());
                out.write(reply.body(), length / 2, length - length / 2);
            }
            out.flush();
        } catch (IOException | InterruptedException e) {
            // The client has gone.
        }
    }

    private static Request read(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            lines.add(line);
        }
        String[] first = lines.getFirst().split(" ");
        Map<String, String> headers = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        String[] target = first[1].split("\\?", 2);
        long length = Long.parseLong(headers.getOrDefault("content-length", "0"));
        return new Request(first[0], target[0], target.length > 1 ? target[1] : "", headers, new Limited(in, length));
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the client has gone");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** The request's body, which ends before the connection does. */
    private static final class Limited extends InputStream {
        private final InputStream in;
        private long left;

        Limited(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                return -1;
            }
            left--;
            return in.read();
        }
    }

    /** As S3 answers. */
    Reply good(Request request) throws IOException {
        byte[] body = request.body().readAllBytes();
        synchronized (this) {
            return switch (request.method()) {
                case "PUT" -> request.part() ? part(request, body) : putObject(request, body);
                case "POST" -> request.query().startsWith("uploads") ? begin(request) : complete(request);
                case "DELETE" -> Reply.of(204, Map.of(), new byte[0]);
                case "HEAD", "GET" -> read(request);
                default -> Reply.error(405, "MethodNotAllowed");
            };
        }
    }

    private Reply putObject(Request request, byte[] body) {
        if (objects.containsKey(request.path())) {
            return Reply.error(412, "PreconditionFailed");
        }
        objects.put(request.path(), new Stored(body, metadata(request)));
        return Reply.of(200, Map.of("ETag", "\"e\""), new byte[0]);
    }

    private static Map<String, String> metadata(Request request) {
        Map<String, String> metadata = new TreeMap<>(request.headers());
        metadata.keySet().removeIf(name -> !name.startsWith("x-amz-meta-"));
        return metadata;
    }

    private Reply begin(Request request) {
        begun.put(request.path(), metadata(request));
        return Reply.xml("<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>");
    }

    private Reply part(Request request, byte[] body) {
        int number = Integer.parseInt(request.query().replaceFirst(".*partNumber=(\\d+).*", "$1"));
        parts.put("%s %05d".formatted(request.path(), number), body);
        return Reply.of(200, Map.of("ETag", "\"p" + number + "\""), new byte[0]);
    }

    private Reply complete(Request request) {
        var metadata = begun.remove(request.path());
        if (metadata == null) {
            return Reply.error(404, "NoSuchUpload");
        }
        if (objects.containsKey(request.path())) {
            return Reply.error(412, "PreconditionFailed");
        }
        var all = new ByteArrayOutputStream();
        parts.forEach((name, bytes) -> all.writeBytes(bytes));
        objects.put(request.path(), new Stored(all.toByteArray(), metadata));
        return Reply.xml("<CompleteMultipartUploadResult><ETag>\"e\"</ETag></CompleteMultipartUploadResult>");
    }

    private Reply read(Request request) {
        var stored = objects.get(request.path());
        if (stored == null) {
            return request.path().equals("/points")
                    ? Reply.of(200, Map.of(), new byte[0])
                    : Reply.error(404, "NoSuchKey");
        }
        Map<String, String> headers = new TreeMap<>(stored.metadata());
        headers.put("ETag", "\"e\"");
        headers.put("Last-Modified", "Sat, 21 Nov 2026 03:00:00 GMT");
        byte[] bytes = stored.bytes();
        if (request.header("range").isEmpty()) {
            return Reply.of(200, headers, bytes);
        }
        int from = Integer.parseInt(request.header("range").replaceAll("\\D", ""));
        headers.put("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
        return Reply.of(206, headers, java.util.Arrays.copyOfRange(bytes, from, bytes.length));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
