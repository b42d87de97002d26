package dev.foundation.plugin;

import com.google.protobuf.Empty;
import dev.foundation.plugin.Property.Fields;
import dev.foundation.plugin.ResourceService.Stored;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import pulumirpc.Plugin.PluginAttach;
import pulumirpc.Plugin.PluginInfo;
import pulumirpc.Provider.CheckFailure;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.CheckResponse;
import pulumirpc.Provider.ConfigureRequest;
import pulumirpc.Provider.ConfigureResponse;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.CreateResponse;
import pulumirpc.Provider.DeleteRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.GetSchemaRequest;
import pulumirpc.Provider.GetSchemaResponse;
import pulumirpc.Provider.ProviderHandshakeRequest;
import pulumirpc.Provider.ProviderHandshakeResponse;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.Provider.ReadResponse;
import pulumirpc.Provider.UpdateRequest;
import pulumirpc.Provider.UpdateResponse;
import pulumirpc.ResourceProviderGrpc;

/** The engine's calls ({@code pulumirpc.ResourceProvider}), each led to the service of its resource type. Others answer UNIMPLEMENTED. */
final class ProviderService extends ResourceProviderGrpc.ResourceProviderImplBase {
    private final ProviderPackage served;
    private final ProviderConfig config;
    private final EngineLog log;
    private final Operations operations = new Operations();
    private volatile Map<String, ResourceService<?, ?>> resources;
    private volatile boolean configured;

    ProviderService(ProviderPackage served, EngineLog log) {
        this.served = served;
        this.config = new ProviderConfig(served);
        this.log = log;
        this.resources = services(served.factory().handlers(Map.of()));
    }

    @Override
    public void handshake(ProviderHandshakeRequest request, StreamObserver<ProviderHandshakeResponse> out) {
        Failures.answer(out, "handshake", () -> {
            log.connect(request.getEngineAddress());
            return ProviderHandshakeResponse.newBuilder()
                    .setAcceptSecrets(true)
                    .setAcceptResources(false)
                    .setAcceptOutputs(false)
                    .build();
        });
    }

    @Override
    public void attach(PluginAttach request, StreamObserver<Empty> out) {
        Failures.answer(out, "attach", () -> {
            log.connect(request.getAddress());
            return Empty.getDefaultInstance();
        });
    }

    @Override
    public void getPluginInfo(Empty request, StreamObserver<PluginInfo> out) {
        Failures.answer(
                out,
                "plugin info",
                () -> PluginInfo.newBuilder().setVersion(served.version()).build());
    }

    @Override
    public void getSchema(GetSchemaRequest request, StreamObserver<GetSchemaResponse> out) {
        Failures.answer(
                out,
                "schema",
                () -> GetSchemaResponse.newBuilder()
                        .setSchema(new SchemaWriter(served).write(resources.values()))
                        .build());
    }

    @Override
    public void checkConfig(CheckRequest request, StreamObserver<CheckResponse> out) {
        Failures.answer(out, "checking the configuration of " + served.name(), () -> {
            Fields news = Wire.fields(request.getNews());
            return checked(config.hideSecrets(news), config.check(news));
        });
    }

    /** Where a service is reached may change without touching what was made there, so no setting replaces anything. */
    @Override
    public void diffConfig(DiffRequest request, StreamObserver<DiffResponse> out) {
        Failures.answer(
                out,
                "comparing the configuration of " + served.name(),
                () -> InputDiff.between(
                                Wire.fields(request.getOldInputs()),
                                Wire.fields(request.getNews()),
                                new RecordCodec<>(NoSettings.class))
                        .response()
                        .build());
    }

    private record NoSettings() {}

    @Override
    public void configure(ConfigureRequest request, StreamObserver<ConfigureResponse> out) {
        Failures.answer(out, "configuring " + served.name(), () -> {
            Fields settings = Wire.fields(request.getArgs());
            resources = services(served.factory().handlers(config.forHandlers(settings)));
            configured = !settings.hasUnknown();
            return ConfigureResponse.newBuilder()
                    .setAcceptSecrets(true)
                    .setSupportsPreview(true)
                    .setAcceptResources(false)
                    .setAcceptOutputs(false)
                    .build();
        });
    }

    @Override
    public void check(CheckRequest request, StreamObserver<CheckResponse> out) {
        var subject = Subject.of(request.getUrn());
        Failures.answer(out, subject.doing("checking"), () -> {
            var result = service(subject).check(Wire.fields(request.getNews()));
            return checked(result.inputs(), result.problems());
        });
    }

    @Override
    public void diff(DiffRequest request, StreamObserver<DiffResponse> out) {
        var subject = Subject.of(request.getUrn());
        var old = stored(request.getId(), request.getOldInputs(), request.getOlds());
        Fields news = Wire.fields(request.getNews());
        Failures.answer(out, subject.doing("comparing"), redaction(old, news), () -> {
            var service = service(subject);
            if (!configured) {
                return InputDiff.between(old.inputs(), news, service.inputs())
                        .response()
                        .setDeleteBeforeReplace(service.handler().deleteBeforeReplace())
                        .build();
            }
            return operations.call(
                    0, operation -> service.diff(old, news, reason -> log.info(request.getUrn(), reason)));
        });
    }

    @Override
    public void create(CreateRequest request, StreamObserver<CreateResponse> out) {
        var subject = Subject.of(request.getUrn());
        Fields news = Wire.fields(request.getProperties());
        var redaction = Redaction.of(news);
        Failures.answer(out, subject.doing("creating"), redaction, () -> {
            var service = service(subject);
            if (request.getPreview()) {
                return CreateResponse.newBuilder()
                        .setProperties(Wire.struct(service.previewCreate(news)))
                        .build();
            }
            Stored made = operations.call(
                    request.getTimeout(),
                    operation -> service.create(news, run(request.getUrn(), redaction, operation)));
            return CreateResponse.newBuilder()
                    .setId(made.id())
                    .setProperties(Wire.struct(made.state()))
                    .build();
        });
    }

    @Override
    public void read(ReadRequest request, StreamObserver<ReadResponse> out) {
        var subject = Subject.of(request.getUrn());
        var old = stored(request.getId(), request.getInputs(), request.getProperties());
        Failures.answer(out, subject.doing("reading"), redaction(old, Fields.NONE), () -> {
            var service = service(subject);
            return operations
                    .call(request.getTimeout(), operation -> service.read(old))
                    .map(live -> ReadResponse.newBuilder()
                            .setId(live.id())
                            .setInputs(Wire.struct(live.inputs()))
                            .setProperties(Wire.struct(live.state()))
                            .build())
                    .orElse(ReadResponse.getDefaultInstance());
        });
    }

    @Override
    public void update(UpdateRequest request, StreamObserver<UpdateResponse> out) {
        var subject = Subject.of(request.getUrn());
        var old = stored(request.getId(), request.getOldInputs(), request.getOlds());
        Fields news = Wire.fields(request.getNews());
        var redaction = redaction(old, news);
        Failures.answer(out, subject.doing("updating"), redaction, () -> {
            var service = service(subject);
            Fields state = request.getPreview()
                    ? service.previewUpdate(old, news)
                    : operations
                            .call(
                                    request.getTimeout(),
                                    operation -> service.update(old, news, run(request.getUrn(), redaction, operation)))
                            .state();
            return UpdateResponse.newBuilder().setProperties(Wire.struct(state)).build();
        });
    }

    @Override
    public void delete(DeleteRequest request, StreamObserver<Empty> out) {
        var subject = Subject.of(request.getUrn());
        var old = stored(request.getId(), request.getOldInputs(), request.getProperties());
        var redaction = redaction(old, Fields.NONE);
        Failures.answer(out, subject.doing("deleting"), redaction, () -> {
            var service = service(subject);
            return operations.call(request.getTimeout(), operation -> {
                service.delete(old, run(request.getUrn(), redaction, operation));
                return Empty.getDefaultInstance();
            });
        });
    }

    @Override
    public void cancel(Empty request, StreamObserver<Empty> out) {
        Failures.answer(out, "cancelling", () -> {
            operations.cancel();
            return Empty.getDefaultInstance();
        });
    }

    private ResourceService<?, ?> service(Subject subject) {
        ResourceService<?, ?> service = resources.get(subject.token());
        if (service == null) {
            throw Status.UNIMPLEMENTED
                    .withDescription("this provider " + served.name() + " does not serve " + subject.token()
                            + "; it serves " + String.join(", ", new TreeSet<>(resources.keySet())))
                    .asRuntimeException();
        }
        return service;
    }

    private Run run(String urn, Redaction redaction, Operations.Operation operation) {
        return new Run() {
            @Override
            public void info(String message) {
                log.status(urn, redaction.clean(message));
            }

            @Override
            public void warn(String message) {
                log.warn(urn, redaction.clean(message));
            }

            @Override
            public void checkCancelled() throws InterruptedException {
                operation.checkCancelled();
            }
        };
    }

    private static Redaction redaction(Stored old, Fields news) {
        return Redaction.of(old.inputs(), old.state(), news);
    }

    private static Stored stored(String id, com.google.protobuf.Struct inputs, com.google.protobuf.Struct state) {
        return new Stored(id, Wire.fields(inputs), Wire.fields(state));
    }

    private static CheckResponse checked(Fields inputs, List<Problem> problems) {
        var response = CheckResponse.newBuilder().setInputs(Wire.struct(inputs));
        problems.forEach(problem -> response.addFailures(
                CheckFailure.newBuilder().setProperty(problem.property()).setReason(problem.reason())));
        return response.build();
    }

    private static Map<String, ResourceService<?, ?>> services(Collection<ResourceHandler<?, ?>> handlers) {
        var services = new LinkedHashMap<String, ResourceService<?, ?>>();
        handlers.forEach(handler -> services.put(handler.token(), new ResourceService<>(handler)));
        return Map.copyOf(services);
    }

    /** What a call is about. A URN is {@code urn:pulumi:<stack>::<project>::<parent$...$type>::<name>}. */
    private record Subject(String token, String name) {
        static Subject of(String urn) {
            String[] parts = urn.split("::", 4);
            if (parts.length < 4) {
                throw Status.INVALID_ARGUMENT
                        .withDescription("\"" + urn + "\" is no URN")
                        .asRuntimeException();
            }
            return new Subject(parts[2].substring(parts[2].lastIndexOf('$') + 1), parts[3]);
        }

        String doing(String verb) {
            return verb + " " + token + " " + name;
        }
    }
}
