package dev.foundation.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Empty;
import dev.foundation.plugin.Property.Fields;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulumirpc.EngineGrpc;
import pulumirpc.EngineOuterClass.LogRequest;
import pulumirpc.Provider.CheckFailure;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.ConfigureRequest;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.CreateResponse;
import pulumirpc.Provider.DeleteRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.DiffResponse.DiffChanges;
import pulumirpc.Provider.ErrorResourceInitFailed;
import pulumirpc.Provider.GetSchemaRequest;
import pulumirpc.Provider.InvokeRequest;
import pulumirpc.Provider.PropertyDiff.Kind;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.Provider.UpdateRequest;
import pulumirpc.ResourceProviderGrpc;
import pulumirpc.ResourceProviderGrpc.ResourceProviderBlockingStub;

@Timeout(60)
final class ProviderServerTest {
    private static final String URN = "urn:pulumi:dev::proj::comp:index:Parent$toy:index:Note::n";
    private static final Property UNKNOWN = new Property.Unknown();

    private final List<LogRequest> logged = new CopyOnWriteArrayList<>();
    private @TempDir Path folder;
    private Server engine;
    private ProviderServer server;
    private ManagedChannel channel;
    private ResourceProviderBlockingStub provider;

    @BeforeEach
    void start() throws Exception {
        engine = NettyServerBuilder.forPort(0)
                .addService(new EngineGrpc.EngineImplBase() {
                    @Override
                    public void log(LogRequest request, StreamObserver<Empty> out) {
                        logged.add(request);
                        out.onNext(Empty.getDefaultInstance());
                        out.onCompleted();
                    }
                })
                .build()
                .start();
        server = ProviderServer.start(Notes.provider(folder), "127.0.0.1:" + engine.getPort());
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
        provider = ResourceProviderGrpc.newBlockingStub(channel);
        configure(Map.of());
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.close();
        engine.shutdownNow();
    }

    @Test
    void checkNamesEverythingWrongAtOnceAndPassesUnknowns() {
        assertThat(failures(Map.of(
                        "text",
                        new Property.Num(3),
                        "colour",
                        text("red"),
                        "ink",
                        text("blue"),
                        "__internal",
                        text("x"))))
                .containsExactlyInAnyOrder(
                        "name: is required",
                        "text: must be text, not a number",
                        "colour: is no input of toy:index:Note; it has: name, text, password, labels",
                        "ink: is not served by a toy");
        assertThat(failures(Map.of("name", text("a/b"), "text", text("t"))))
                .containsExactly("name: must be one word, without /");
        assertThat(failures(Map.of("name", UNKNOWN, "text", UNKNOWN.hide()))).isEmpty();
    }

    @Test
    void checkHidesMarkedInputsAndKeepsOtherSecretsSecret() {
        var checked = provider.check(CheckRequest.newBuilder()
                .setUrn(URN)
                .setNews(Wire.struct(
                        fields(Map.of("name", text("n"), "text", text("t").hide(), "password", text("p")))))
                .build());
        assertThat(Wire.fields(checked.getInputs()).values())
                .isEqualTo(Map.of(
                        "name",
                        text("n"),
                        "text",
                        text("t").hide(),
                        "password",
                        text("p").hide()));
    }

    @Test
    void aPreviewOfACreateShowsInputsAndUnknownsAndMakesNothing() {
        var preview = create(Map.of("name", text("n"), "text", text("t").hide()), true);
        assertThat(preview.getId()).isEmpty();
        assertThat(Wire.fields(preview.getProperties()).values())
                .isEqualTo(Map.of(
                        "name", text("n"),
                        "text", text("t").hide(),
                        "path", UNKNOWN,
                        "length", UNKNOWN,
                        "token", UNKNOWN.hide()));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aCreateAnswersItsStateWithSecretsHidden() {
        var made = create(Map.of("name", text("n"), "text", text("hello").hide()), false);
        assertThat(made.getId()).isEqualTo("n");
        assertThat(folder.resolve("n")).hasContent("hello");
        assertThat(Wire.fields(made.getProperties()).values())
                .isEqualTo(Map.of(
                        "name", text("n"),
                        "text", text("hello").hide(),
                        "path", text(folder.resolve("n").toString()),
                        "length", new Property.Num(5),
                        "token", text("token-of-n").hide()));
        assertThat(logged)
                .anyMatch(log ->
                        log.getMessage().equals("writing n") && log.getUrn().equals(URN) && log.getEphemeral());
    }

    @Test
    void diffNamesEachPropertyAndWhatItTakes() {
        var diff = diff(
                Map.of(
                        "name",
                        text("n"),
                        "text",
                        text("t").hide(),
                        "password",
                        text("p").hide()),
                Map.of("name", text("m"), "text", text("t").hide(), "labels", fields(Map.of("a", text("b")))));
        assertThat(diff.getChanges()).isEqualTo(DiffChanges.DIFF_SOME);
        assertThat(diff.getReplacesList()).containsExactly("name");
        assertThat(diff.getDeleteBeforeReplace()).isTrue();
        assertThat(diff.getStablesList()).isEmpty();
        assertThat(kinds(diff))
                .isEqualTo(Map.of("name", Kind.UPDATE_REPLACE, "password", Kind.DELETE, "labels", Kind.ADD));
    }

    @Test
    void nothingChangedIsNoDiffHoweverTheSecretIsWrapped() {
        var diff = diff(
                Map.of(
                        "name",
                        text("n"),
                        "text",
                        text("t"),
                        "labels",
                        fields(Map.of("a", text("b"))).hide()),
                Map.of(
                        "name",
                        text("n"),
                        "text",
                        text("t"),
                        "labels",
                        fields(Map.of("a", text("b").hide()))));
        assertThat(diff.getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
    }

    @Test
    void anUnknownOrANewlySecretValueIsAChange() {
        Map<String, Property> old = Map.of("name", text("n"), "text", text("t"));
        assertThat(kinds(diff(old, Map.of("name", text("n"), "text", UNKNOWN)))).isEqualTo(Map.of("text", Kind.UPDATE));
        assertThat(kinds(diff(old, Map.of("name", text("n"), "text", text("t").hide()))))
                .isEqualTo(Map.of("text", Kind.UPDATE));
    }

    @Test
    void aHandlersReasonShowsAsAnUpdateAndIsSaid() throws Exception {
        Map<String, Property> same = Map.of("name", text("n"), "text", text("t"));
        assertThat(diff(same, same).getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
        Files.writeString(folder.resolve("n.stale"), "");
        var diff = diff(same, same);
        assertThat(diff.getChanges()).isEqualTo(DiffChanges.DIFF_SOME);
        assertThat(diff.getDiffsList()).containsExactly("drift");
        assertThat(diff.getStablesList()).containsExactly("path");
        assertThat(logged).extracting(LogRequest::getMessage).contains("the note is stale");
    }

    @Test
    void anUpdatesPreviewKeepsWhatCannotChangeAndNothingElse() {
        var old = create(Map.of("name", text("n"), "text", text("t")), false);
        var preview = Wire.fields(update(old, Map.of("name", text("n"), "text", text("longer")), true));
        assertThat(preview.values())
                .isEqualTo(Map.of(
                        "name", text("n"),
                        "text", text("longer"),
                        "path", text(folder.resolve("n").toString()),
                        "length", UNKNOWN,
                        "token", UNKNOWN.hide()));
        assertThat(folder.resolve("n")).hasContent("t");
        var real = Wire.fields(update(old, Map.of("name", text("n"), "text", text("longer")), false));
        assertThat(real.values()).containsEntry("length", new Property.Num(6));
        assertThat(folder.resolve("n")).hasContent("longer");
    }

    @Test
    void aCreateThatGotHalfWayKeepsItsIdAndState() throws Exception {
        var failure = failure(() -> create(Map.of("name", text("n"), "text", text("half")), false));
        var details = StatusProto.fromThrowable(failure).getDetails(0).unpack(ErrorResourceInitFailed.class);
        assertThat(details.getId()).isEqualTo("n");
        assertThat(details.getReasonsList()).containsExactly("the note was made, but its ink is wet");
        assertThat(Wire.fields(details.getProperties()).values())
                .containsEntry("token", text("token-of-n").hide());
        assertThat(Wire.fields(details.getInputs()).values()).containsEntry("text", text("half"));
    }

    @Test
    void aRefreshSeesWhatChangedAndWhatIsGoneAndKeepsSecretsSecret() throws Exception {
        var old = create(
                Map.of(
                        "name",
                        text("n"),
                        "text",
                        text("t").hide(),
                        "password",
                        text("p").hide()),
                false);
        Files.writeString(folder.resolve("n"), "edited");
        var read = provider.read(ReadRequest.newBuilder()
                .setUrn(URN)
                .setId("n")
                .setInputs(Wire.struct(fields(Map.of(
                        "name",
                        text("n"),
                        "text",
                        text("t").hide(),
                        "password",
                        text("p").hide()))))
                .setProperties(old.getProperties())
                .build());
        assertThat(Wire.fields(read.getInputs()).values())
                .isEqualTo(Map.of(
                        "name",
                        text("n"),
                        "text",
                        text("edited").hide(),
                        "password",
                        text("p").hide()));
        assertThat(Wire.fields(read.getProperties()).values())
                .containsEntry("text", text("edited").hide());
        Files.delete(folder.resolve("n"));
        assertThat(provider.read(ReadRequest.newBuilder().setUrn(URN).setId("n").build())
                        .getId())
                .isEmpty();
    }

    @Test
    void anImportNeedsOnlyTheId() throws Exception {
        Files.writeString(folder.resolve("found"), "here");
        var read = provider.read(
                ReadRequest.newBuilder().setUrn(URN).setId("found").build());
        assertThat(Wire.fields(read.getInputs()).values())
                .isEqualTo(Map.of("name", text("found"), "text", text("here")));
    }

    @Test
    void aDeleteRemovesAndARepeatedOneSucceeds() {
        var made = create(Map.of("name", text("n"), "text", text("t")), false);
        for (int i = 0; i < 2; i++) {
            var ignored = provider.delete(DeleteRequest.newBuilder()
                    .setUrn(URN)
                    .setId("n")
                    .setProperties(made.getProperties())
                    .setOldInputs(Wire.struct(fields(Map.of("name", text("n"), "text", text("t")))))
                    .build());
            assertThat(folder.resolve("n")).doesNotExist();
        }
    }

    @Test
    void aCancelInterruptsWhatRuns() throws Exception {
        var creating = CompletableFuture.supplyAsync(() ->
                failure(() -> create(Map.of("name", text("n"), "text", text("slow")), false)));
        while (!Files.exists(folder.resolve("n.waiting"))) {
            Thread.sleep(10);
        }
        var ignored = provider.cancel(Empty.getDefaultInstance());
        assertThat(creating.get().getStatus().getCode()).isEqualTo(Status.Code.CANCELLED);
        var late = failure(() -> create(Map.of("name", text("m"), "text", text("t")), false));
        assertThat(late.getStatus().getCode()).isEqualTo(Status.Code.CANCELLED);
    }

    @Test
    void aTimeoutEndsTheCallAndSaysSo() {
        var late = failure(() -> provider.create(CreateRequest.newBuilder()
                .setUrn(URN)
                .setTimeout(0.2)
                .setProperties(Wire.struct(fields(Map.of("name", text("n"), "text", text("slow")))))
                .build()));
        assertThat(late.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(late.getStatus().getDescription()).contains("0.2 s");
    }

    @Test
    void anErrorOfTheProviderItselfShowsNoValue() {
        var failure = failure(
                () -> create(Map.of("name", text("n"), "text", text("broken"), "password", text("hush")), false));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(failure.getStatus().getDescription())
                .contains("creating toy:index:Note n")
                .doesNotContain("hush");
    }

    @Test
    void aHandlersMessagesNeverShowASecretInput() {
        var secret = text("{\"key\":\"hush-hush\"}").hide();
        var failure =
                failure(() -> create(Map.of("name", text("n"), "text", text("chatty"), "password", secret), false));
        assertThat(failure.getStatus().getDescription()).isEqualTo("could not write [secret]");
        assertThat(logged).extracting(LogRequest::getMessage).contains("wrote [secret]");
        assertThat(Redaction.of(secret).clean("it says hush-hush")).isEqualTo("it says [secret]");
    }

    @Test
    void whatIsNotServedIsUnimplementedAndNamed() {
        var failure = failure(() -> provider.check(
                CheckRequest.newBuilder().setUrn(URN.replace("Note", "Book")).build()));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(failure.getStatus().getDescription())
                .contains("toy:index:Book")
                .contains("toy:index:Note");
        assertThat(failure(() -> provider.invoke(InvokeRequest.getDefaultInstance()))
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    @Test
    void withoutKnownConfigurationADiffAsksNoHandler() throws Exception {
        configure(Map.of("token", UNKNOWN));
        Files.writeString(folder.resolve("n.stale"), "");
        Map<String, Property> same = Map.of("name", text("n"), "text", text("t"));
        assertThat(diff(same, same).getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
    }

    @Test
    void theProvidersSettingsAreCheckedAndItsTokenHidden() {
        var checked = provider.checkConfig(CheckRequest.newBuilder()
                .setNews(Wire.struct(fields(Map.of(
                        "token", text("t"), "colour", text("red"), "size", text("1"), "version", text("0.1.0")))))
                .build());
        assertThat(checked.getFailuresList().stream().map(CheckFailure::getProperty))
                .containsExactlyInAnyOrder("colour", "size");
        assertThat(Wire.fields(checked.getInputs()).values())
                .containsEntry("token", text("t").hide());
        var diff = provider.diffConfig(DiffRequest.newBuilder()
                .setOldInputs(Wire.struct(fields(Map.of("token", text("a")))))
                .setNews(Wire.struct(fields(Map.of("token", text("b")))))
                .build());
        assertThat(diff.getChanges()).isEqualTo(DiffChanges.DIFF_SOME);
        assertThat(diff.getReplacesList()).isEmpty();
    }

    @Test
    void theSchemaDescribesEachType() throws Exception {
        var schema = new com.fasterxml.jackson.databind.json.JsonMapper()
                .readTree(provider.getSchema(GetSchemaRequest.getDefaultInstance())
                        .getSchema());
        var note = schema.at("/resources/toy:index:Note");
        assertThat(note.at("/requiredInputs").toString()).isEqualTo("[\"name\",\"text\"]");
        assertThat(note.at("/inputProperties/password").toString()).isEqualTo("{\"type\":\"string\",\"secret\":true}");
        assertThat(note.at("/properties/length/type").asText()).isEqualTo("integer");
        assertThat(schema.at("/config/variables/token/secret").asBoolean()).isTrue();
    }

    private void configure(Map<String, Property> settings) {
        var ignored = provider.configure(ConfigureRequest.newBuilder()
                .setArgs(Wire.struct(fields(settings)))
                .build());
    }

    private List<String> failures(Map<String, Property> news) {
        return provider
                .check(CheckRequest.newBuilder()
                        .setUrn(URN)
                        .setNews(Wire.struct(fields(news)))
                        .build())
                .getFailuresList()
                .stream()
                .map(failure -> failure.getProperty() + ": " + failure.getReason())
                .toList();
    }

    private CreateResponse create(Map<String, Property> properties, boolean preview) {
        return provider.create(CreateRequest.newBuilder()
                .setUrn(URN)
                .setProperties(Wire.struct(fields(properties)))
                .setPreview(preview)
                .build());
    }

    private com.google.protobuf.Struct update(CreateResponse old, Map<String, Property> news, boolean preview) {
        var oldInputs = new LinkedHashMap<>(Wire.fields(old.getProperties()).values());
        oldInputs.keySet().retainAll(List.of("name", "text", "password", "labels"));
        return provider.update(UpdateRequest.newBuilder()
                        .setUrn(URN)
                        .setId(old.getId())
                        .setOlds(old.getProperties())
                        .setOldInputs(Wire.struct(fields(oldInputs)))
                        .setNews(Wire.struct(fields(news)))
                        .setPreview(preview)
                        .build())
                .getProperties();
    }

    private DiffResponse diff(Map<String, Property> old, Map<String, Property> news) {
        var state = new LinkedHashMap<String, Property>(old);
        state.put("path", text("p"));
        state.put("length", new Property.Num(1));
        state.put("token", text("t").hide());
        return provider.diff(DiffRequest.newBuilder()
                .setUrn(URN)
                .setId("n")
                .setOldInputs(Wire.struct(fields(old)))
                .setOlds(Wire.struct(fields(state)))
                .setNews(Wire.struct(fields(news)))
                .build());
    }

    private static Map<String, Kind> kinds(DiffResponse diff) {
        var kinds = new LinkedHashMap<String, Kind>();
        diff.getDetailedDiffMap().forEach((name, property) -> kinds.put(name, property.getKind()));
        return kinds;
    }

    private static StatusRuntimeException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call);
    }

    private static Property text(String value) {
        return new Property.Text(value);
    }

    private static Fields fields(Map<String, Property> values) {
        return new Fields(values);
    }
}
