package dev.foundation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.collect.ImmutableMap;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.pulumi.deployment.internal.InlineDeploymentSettings;
import com.pulumi.internal.PulumiInternal;
import com.pulumi.resources.StackOptions;
import dev.foundation.cli.Cli;
import dev.foundation.plugin.ProviderPackage;
import dev.foundation.plugin.ProviderServer;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.ConfigureRequest;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.DeleteRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.GetSchemaRequest;
import pulumirpc.Provider.ProviderHandshakeRequest;
import pulumirpc.ResourceProviderGrpc;
import pulumirpc.ResourceProviderGrpc.ResourceProviderBlockingStub;

/**
 * What the launcher lets a JVM do once, to learn which classes the three doors load (JEP 514). It talks to itself on the loopback
 * interface, needs no configuration, changes nothing and prints nothing but what failed. It is not for people and not in the help.
 */
final class Training {
    /** The launcher trains in the background, at low priority, perhaps beside a build: a hang is all that this is to end. */
    private static final int SECONDS = 180;

    private static final String CONFIGURATION = """
            {"foundation:instanceId": "00000000-0000-4000-8000-000000000000", "foundation:site": "online",
             "foundation:s3": "{\\"engine\\": \\"rustfs\\"}", "foundation:forgejo": "{\\"product\\": \\"forgejo\\"}"}""";

    private final Map<String, String> environment;
    private final Path repository;
    private final Function<Map<String, String>, Cli> commandLine;

    /**
     * @param repository where {@code VERSIONS} is
     * @param commandLine how the command line is wired in an environment
     */
    Training(Map<String, String> environment, Path repository, Function<Map<String, String>, Cli> commandLine) {
        this.environment = environment;
        this.repository = repository;
        this.commandLine = commandLine;
    }

    /**
     * Walks through every door once.
     *
     * @throws IllegalStateException if one of them did not open, with the reason
     */
    void run() throws IOException, InterruptedException {
        PrintStream out = System.out;
        PrintStream err = System.err;
        var quiet = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        System.setOut(quiet);
        System.setErr(quiet);
        try (TrainingEngine engine = TrainingEngine.start()) {
            program(engine);
            for (ProviderPackage served : Providers.all(environment)) {
                provider(served, engine.address());
            }
            var home = new HashMap<>(environment);
            home.putIfAbsent("HOME", "/nonexistent");
            require(commandLine.apply(home).run("--help"), "the command line", "");
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private static void require(int exitCode, String door, String reason) {
        if (exitCode != 0) {
            throw new IllegalStateException(door + " ended with " + exitCode + " in the training. " + reason);
        }
    }

    /** A preview: it sends every resource, and computed values are unknown, so that the engine need not make any up. */
    private void program(TrainingEngine engine) throws InterruptedException {
        var settings = InlineDeploymentSettings.builder()
                .monitorAddr(engine.address())
                .engineAddr(engine.address())
                .organization("organization")
                .project("foundation")
                .stack("training")
                .isDryRun(true)
                .config(ImmutableMap.of())
                .build();
        var program = new Program(Map.of("PULUMI_CONFIG", CONFIGURATION, "HOME", "/nonexistent"), repository);
        try {
            int exitCode = PulumiInternal.fromInline(settings, StackOptions.Empty)
                    .runAsync(program::declare)
                    .get(SECONDS, TimeUnit.SECONDS);
            require(exitCode, "the program", engine.errors());
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the program failed in the training", e);
        }
    }

    private static void provider(ProviderPackage served, String engine) throws IOException {
        try (ProviderServer server = ProviderServer.start(served, engine)) {
            ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                    .usePlaintext()
                    .build();
            try {
                calls(
                        served.name(),
                        ResourceProviderGrpc.newBlockingStub(channel).withDeadlineAfter(SECONDS, TimeUnit.SECONDS));
            } finally {
                channel.shutdownNow();
            }
        }
    }

    private static void calls(String name, ResourceProviderBlockingStub provider) throws IOException {
        var _ = provider.handshake(ProviderHandshakeRequest.getDefaultInstance());
        String schema =
                provider.getSchema(GetSchemaRequest.getDefaultInstance()).getSchema();
        var configuration = provider.checkConfig(CheckRequest.newBuilder()
                .setUrn(urn("pulumi:providers:" + name))
                .build());
        var _ = provider.configure(
                ConfigureRequest.newBuilder().setArgs(configuration.getInputs()).build());
        var tokens = new JsonMapper().readTree(schema).path("resources").fieldNames();
        while (tokens.hasNext()) {
            var _ = provider.check(
                    CheckRequest.newBuilder().setUrn(urn(tokens.next())).build());
        }
        if (name.equals("foundation")) {
            lifeOf("RandomSecret", struct(Map.of("length", number(16), "kind", text("hex"))), provider);
            lifeOf("AgeIdentity", Struct.getDefaultInstance(), provider);
            sealed(provider);
        }
    }

    /** Both types exist in the state only: making one touches nothing. */
    private static void lifeOf(String type, Struct inputs, ResourceProviderBlockingStub provider) {
        String urn = urn("foundation:index:" + type);
        Struct checked = provider.check(
                        CheckRequest.newBuilder().setUrn(urn).setNews(inputs).build())
                .getInputs();
        var made = provider.create(
                CreateRequest.newBuilder().setUrn(urn).setProperties(checked).build());
        var _ = provider.diff(DiffRequest.newBuilder()
                .setUrn(urn)
                .setId(made.getId())
                .setOldInputs(checked)
                .setOlds(made.getProperties())
                .setNews(checked)
                .build());
        var _ = provider.delete(DeleteRequest.newBuilder()
                .setUrn(urn)
                .setId(made.getId())
                .setOldInputs(checked)
                .setProperties(made.getProperties())
                .build());
    }

    /** The one question over HTTP that every run asks; no server is there, which is no error. */
    private static void sealed(ResourceProviderBlockingStub provider) {
        Struct inputs = struct(Map.of("address", text("http://127.0.0.1:1")));
        Value keys = Value.newBuilder()
                .setListValue(ListValue.newBuilder().addValues(text("key")))
                .build();
        var _ = provider.diff(DiffRequest.newBuilder()
                .setUrn(urn("foundation:index:VaultInit"))
                .setId("training")
                .setOldInputs(inputs)
                .setOlds(inputs.toBuilder()
                        .putFields("unsealKeys", keys)
                        .putFields("rootToken", text("token"))
                        .putFields("version", text("1"))
                        .build())
                .setNews(inputs)
                .build());
    }

    private static String urn(String token) {
        return "urn:pulumi:training::foundation::" + token + "::training";
    }

    private static Struct struct(Map<String, Value> fields) {
        return Struct.newBuilder().putAllFields(fields).build();
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }

    private static Value number(double value) {
        return Value.newBuilder().setNumberValue(value).build();
    }
}
