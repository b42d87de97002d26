package dev.foundation;

import com.google.protobuf.Empty;
import com.google.protobuf.MessageLite;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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

/** As much of Pulumi's engine as a preview needs: every resource is as it was asked for. For {@link Training} only. */
final class TrainingEngine implements AutoCloseable {
    private static final int ERROR = 3;

    private final Server server;
    private final Queue<String> errors;

    private TrainingEngine(Server server, Queue<String> errors) {
        this.server = server;
        this.errors = errors;
    }

    static TrainingEngine start() throws IOException {
        var errors = new ConcurrentLinkedQueue<String>();
        return new TrainingEngine(
                NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .addService(new Monitor())
                        .addService(new Engine(errors))
                        .build()
                        .start(),
                errors);
    }

    String address() {
        return "127.0.0.1:" + server.getPort();
    }

    /** What went wrong in the program; empty if nothing did. */
    String errors() {
        return String.join("\n", errors);
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private static final class Monitor extends ResourceMonitorGrpc.ResourceMonitorImplBase {
        @Override
        public void supportsFeature(SupportsFeatureRequest request, StreamObserver<SupportsFeatureResponse> out) {
            boolean supported =
                    request.getId().equals("secrets") || request.getId().equals("resourceReferences");
            answer(
                    out,
                    SupportsFeatureResponse.newBuilder()
                            .setHasSupport(supported)
                            .build());
        }

        @Override
        public void registerResource(RegisterResourceRequest request, StreamObserver<RegisterResourceResponse> out) {
            answer(
                    out,
                    RegisterResourceResponse.newBuilder()
                            .setUrn("urn:pulumi:training::foundation::" + request.getType() + "::" + request.getName())
                            .setObject(request.getObject())
                            .build());
        }

        @Override
        public void registerResourceOutputs(RegisterResourceOutputsRequest request, StreamObserver<Empty> out) {
            answer(out, Empty.getDefaultInstance());
        }

        @Override
        public void signalAndWaitForShutdown(Empty request, StreamObserver<Empty> out) {
            answer(out, Empty.getDefaultInstance());
        }
    }

    private static final class Engine extends EngineGrpc.EngineImplBase {
        private final Queue<String> errors;

        Engine(Queue<String> errors) {
            this.errors = errors;
        }

        @Override
        public void log(LogRequest request, StreamObserver<Empty> out) {
            if (request.getSeverityValue() >= ERROR) {
                errors.add(request.getMessage());
            }
            answer(out, Empty.getDefaultInstance());
        }

        @Override
        public void getRootResource(GetRootResourceRequest request, StreamObserver<GetRootResourceResponse> out) {
            answer(out, GetRootResourceResponse.getDefaultInstance());
        }

        @Override
        public void setRootResource(SetRootResourceRequest request, StreamObserver<SetRootResourceResponse> out) {
            answer(out, SetRootResourceResponse.getDefaultInstance());
        }
    }

    private static <T extends MessageLite> void answer(StreamObserver<T> out, T value) {
        out.onNext(value);
        out.onCompleted();
    }
}
