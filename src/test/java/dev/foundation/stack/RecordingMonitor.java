package dev.foundation.stack;

import com.google.protobuf.Empty;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import pulumirpc.EngineGrpc;
import pulumirpc.EngineOuterClass.GetRootResourceRequest;
import pulumirpc.EngineOuterClass.GetRootResourceResponse;
import pulumirpc.EngineOuterClass.LogRequest;
import pulumirpc.EngineOuterClass.SetRootResourceRequest;
import pulumirpc.EngineOuterClass.SetRootResourceResponse;
import pulumirpc.Resource.RegisterResourceOutputsRequest;
import pulumirpc.Resource.RegisterResourceRequest;
import pulumirpc.Resource.RegisterResourceResponse;
import pulumirpc.Resource.SupportsFeatureRequest;
import pulumirpc.Resource.SupportsFeatureResponse;
import pulumirpc.ResourceMonitorGrpc;

/**
 * An engine that writes down what a program registers, as it came over the wire: edges, providers and secrets, which Pulumi's own mocks do
 * not show. The program runs in a JVM of its own, as it does under the real engine.
 */
final class RecordingMonitor implements AutoCloseable {
    static final String SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
    private static final String SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
    private static final String UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    private final Server server;
    private final boolean preview;
    final ConcurrentLinkedQueue<RegisterResourceRequest> registrations = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<RegisterResourceOutputsRequest> outputs = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();
    private volatile long lastRegistration;

    RecordingMonitor(boolean preview) throws IOException {
        this.preview = preview;
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .addService(new Monitor())
                .addService(new Engine())
                .build()
                .start();
    }

    /** Runs the program {@code main} of the tests and answers how long it took from the JVM's start to the last registration. */
    Duration run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return run(command, Map.of());
    }

    /** Runs a command as Pulumi's language host would, with more environment. */
    Duration run(List<String> command, Map<String, String> more) throws IOException, InterruptedException {
        Path log = Files.createTempFile("program", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        String address = "127.0.0.1:" + server.getPort();
        Map<String, String> environment = builder.environment();
        environment.put("PULUMI_MONITOR", address);
        environment.put("PULUMI_ENGINE", address);
        environment.put("PULUMI_PROJECT", "foundation");
        environment.put("PULUMI_STACK", "foundation");
        environment.put("PULUMI_ORGANIZATION", "organization");
        environment.put("PULUMI_DRY_RUN", Boolean.toString(preview));
        environment.put("PULUMI_PARALLEL", "16");
        environment.put("PULUMI_CONFIG", "{}");
        environment.putAll(more);
        long start = System.nanoTime();
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the program hangs; it printed: " + Files.readString(log));
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("the program ended with " + process.exitValue() + "; it printed: "
                    + Files.readString(log) + errors);
        }
        Files.delete(log);
        return Duration.ofNanos(lastRegistration - start);
    }

    /** Registrations by URN, in the order in which they came. */
    Map<String, RegisterResourceRequest> byUrn() {
        Map<String, RegisterResourceRequest> result = new LinkedHashMap<>();
        registrations.forEach(each -> result.put(urn(each), each));
        return result;
    }

    static String urn(RegisterResourceRequest request) {
        return "urn:pulumi:foundation::foundation::" + request.getType() + "::" + request.getName();
    }

    static boolean isSecret(Value value) {
        return value.hasStructValue()
                && value.getStructValue()
                        .getFieldsOrDefault(SIGNATURE_KEY, Value.getDefaultInstance())
                        .getStringValue()
                        .equals(SECRET_SIGNATURE);
    }

    static boolean isUnknown(Value value) {
        return value.getStringValue().equals(UNKNOWN);
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    /** Inputs come back as outputs; computed outputs of the types that others read are made up, or unknown in a preview. */
    private Struct state(RegisterResourceRequest request) {
        Struct.Builder state = request.getObject().toBuilder();
        switch (request.getType()) {
            case "docker:index/remoteImage:RemoteImage" -> state.putFields("imageId", computed("sha256:image"));
            case "foundation:index:RandomSecret" ->
                state.putFields("value", secret(computed("random-" + request.getName() + "-0123456789abcdef")));
            case "foundation:index:AgeIdentity" -> state.putFields("recipient", computed("age1recipient"));
            case "foundation:index:VolumeFiles" -> state.putFields("digest", computed("digest"));
            case "foundation:index:VaultInit" -> {
                ListValue.Builder keys = ListValue.newBuilder();
                for (int i = 0; i < 5; i++) {
                    keys.addValues(text("unseal-key-" + i));
                }
                Value list = preview
                        ? computed("")
                        : Value.newBuilder().setListValue(keys).build();
                state.putFields("unsealKeys", secret(list));
                state.putFields("rootToken", secret(computed("root-token")));
            }
            case "vault:kv/secretV2:SecretV2" -> state.putFields("data", secret(data(request)));
            default -> {
                // nothing that others read
            }
        }
        return state.build();
    }

    private Value data(RegisterResourceRequest request) {
        if (preview) {
            return text(UNKNOWN);
        }
        Value json = request.getObject().getFieldsOrThrow("dataJson");
        String plain = isSecret(json)
                ? json.getStructValue().getFieldsOrThrow("value").getStringValue()
                : json.getStringValue();
        Struct.Builder fields = Struct.newBuilder();
        try {
            new com.fasterxml.jackson.databind.ObjectMapper()
                    .readTree(plain)
                    .properties()
                    .forEach(each ->
                            fields.putFields(each.getKey(), text(each.getValue().asText())));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError("dataJson of " + request.getName() + " is no JSON", e);
        }
        return Value.newBuilder().setStructValue(fields).build();
    }

    private Value computed(String value) {
        return text(preview ? UNKNOWN : value);
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }

    private static Value secret(Value value) {
        return Value.newBuilder()
                .setStructValue(Struct.newBuilder()
                        .putFields(SIGNATURE_KEY, text(SECRET_SIGNATURE))
                        .putFields("value", value))
                .build();
    }

    private final class Monitor extends ResourceMonitorGrpc.ResourceMonitorImplBase {
        @Override
        public void supportsFeature(SupportsFeatureRequest request, StreamObserver<SupportsFeatureResponse> observer) {
            boolean supported =
                    request.getId().equals("secrets") || request.getId().equals("resourceReferences");
            answer(
                    observer,
                    SupportsFeatureResponse.newBuilder()
                            .setHasSupport(supported)
                            .build());
        }

        @Override
        public void registerResource(
                RegisterResourceRequest request, StreamObserver<RegisterResourceResponse> observer) {
            registrations.add(request);
            lastRegistration = System.nanoTime();
            answer(
                    observer,
                    RegisterResourceResponse.newBuilder()
                            .setUrn(urn(request))
                            .setId(preview || !request.getCustom() ? "" : "id-" + request.getName())
                            .setObject(state(request))
                            .build());
        }

        @Override
        public void registerResourceOutputs(RegisterResourceOutputsRequest request, StreamObserver<Empty> observer) {
            outputs.add(request);
            answer(observer, Empty.getDefaultInstance());
        }

        @Override
        public void signalAndWaitForShutdown(Empty request, StreamObserver<Empty> observer) {
            answer(observer, Empty.getDefaultInstance());
        }
    }

    private final class Engine extends EngineGrpc.EngineImplBase {
        @Override
        public void log(LogRequest request, StreamObserver<Empty> observer) {
            if (request.getSeverityValue() >= 3) {
                errors.add(request.getMessage());
            }
            answer(observer, Empty.getDefaultInstance());
        }

        @Override
        public void getRootResource(GetRootResourceRequest request, StreamObserver<GetRootResourceResponse> observer) {
            answer(observer, GetRootResourceResponse.getDefaultInstance());
        }

        @Override
        public void setRootResource(SetRootResourceRequest request, StreamObserver<SetRootResourceResponse> observer) {
            answer(observer, SetRootResourceResponse.getDefaultInstance());
        }
    }

    private static <T> void answer(StreamObserver<T> observer, T value) {
        observer.onNext(value);
        observer.onCompleted();
    }
}
