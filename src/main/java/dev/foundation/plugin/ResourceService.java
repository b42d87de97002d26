package dev.foundation.plugin;

import dev.foundation.plugin.Property.Fields;
import dev.foundation.plugin.ResourceHandler.Current;
import dev.foundation.plugin.ResourceHandler.PartialCreate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.DiffResponse.DiffChanges;
import pulumirpc.Provider.PropertyDiff;

/** All that is the same for every resource type: one handler seen from the engine, in properties instead of records. */
final class ResourceService<I extends Record, O extends Record> {
    /** The pseudo property that a preview shows as changed when the handler asks for an update of its own. */
    static final String DRIFT = "drift";

    private final ResourceHandler<I, O> handler;
    private final RecordCodec<I> inputs;
    private final RecordCodec<O> outputs;

    ResourceService(ResourceHandler<I, O> handler) {
        this.handler = handler;
        this.inputs = new RecordCodec<>(handler.inputs());
        this.outputs = new RecordCodec<>(handler.outputs());
    }

    /** A resource's id, and its state as the engine keeps it. */
    record Stored(String id, Fields inputs, Fields state) {}

    record Checked(Fields inputs, List<Problem> problems) {}

    /** A resource that exists, of which a later step failed: the engine keeps the state and updates it next time. */
    static final class HalfMade extends IOException {
        private static final long serialVersionUID = 1L;
        final transient Stored stored;

        HalfMade(Stored stored, PartialCreate cause) {
            super(String.valueOf(cause.getMessage()), cause);
            this.stored = stored;
        }
    }

    ResourceHandler<I, O> handler() {
        return handler;
    }

    RecordCodec<I> inputs() {
        return inputs;
    }

    RecordCodec<O> outputs() {
        return outputs;
    }

    Checked check(Fields news) {
        var problems = new ArrayList<Problem>();
        for (String name : news.values().keySet()) {
            String refusal = handler.refusedInputs().get(name);
            if (refusal != null) {
                problems.add(new Problem(name, refusal));
            } else if (inputs.field(name).isEmpty()) {
                String known = String.join(
                        ", ", inputs.fields().stream().map(Shape.Field::name).toList());
                problems.add(new Problem(
                        name,
                        "is no input of " + handler.token() + "; "
                                + (known.isEmpty() ? "it has none" : "it has: " + known)));
            }
        }
        var decoded = inputs.decode(news);
        problems.addAll(decoded.problems());
        if (problems.isEmpty()) {
            decoded.value().ifPresent(known -> problems.addAll(handler.check(known)));
        }
        return new Checked(hideMarked(news, inputs), List.copyOf(problems));
    }

    /** @param why told the reason of an update that no input asks for */
    DiffResponse diff(Stored old, Fields news, Consumer<String> why) throws IOException, InterruptedException {
        refuse(old, news);
        var diff = unsettled(InputDiff.between(old.inputs(), news, inputs), old, news);
        var response = diff.response().setDeleteBeforeReplace(handler.deleteBeforeReplace());
        if (diff.isEmpty()) {
            Optional<String> reason = handler.drift(old.id(), known(inputs, news), known(outputs, old.state()));
            if (reason.isPresent()) {
                why.accept(reason.get());
                response.setChanges(DiffChanges.DIFF_SOME)
                        .addDiffs(DRIFT)
                        .putDetailedDiff(
                                DRIFT,
                                PropertyDiff.newBuilder()
                                        .setKind(PropertyDiff.Kind.UPDATE)
                                        .build());
            }
        }
        if (!diff.replaces()) {
            Set<String> unstable = unstable(old, news);
            outputs.fields().stream()
                    .filter(Shape.Field::stable)
                    .map(Shape.Field::name)
                    .filter(name -> !unstable.contains(name))
                    .forEach(response::addStables);
        }
        return response.build();
    }

    private void refuse(Stored old, Fields news) throws IOException {
        Optional<I> was = inputs.decode(old.inputs()).value();
        Optional<I> wanted = inputs.decode(news).value();
        if (was.isPresent() && wanted.isPresent()) {
            Optional<String> refusal = handler.refusedChange(was.get(), wanted.get());
            if (refusal.isPresent()) {
                throw new IOException(refusal.get());
            }
        }
    }

    private InputDiff unsettled(InputDiff diff, Stored old, Fields news) {
        Optional<I> wanted = inputs.decode(news).value();
        Optional<O> state = outputs.decode(old.state()).value();
        return wanted.isPresent() && state.isPresent()
                ? diff.without(name -> handler.isSettled(name, wanted.get(), state.get()))
                : diff;
    }

    Fields previewCreate(Fields news) {
        return preview(Fields.NONE, news, Set.of());
    }

    Fields previewUpdate(Stored old, Fields news) {
        return preview(old.state(), news, unstable(old, news));
    }

    private Set<String> unstable(Stored old, Fields news) {
        Optional<I> was = inputs.decode(old.inputs()).value();
        Optional<I> wanted = inputs.decode(news).value();
        return was.isPresent() && wanted.isPresent() ? handler.unstable(was.get(), wanted.get()) : Set.of();
    }

    private Fields preview(Fields old, Fields news, Set<String> unstable) {
        var state = new LinkedHashMap<>(news.values());
        for (Shape.Field field : outputs.fields()) {
            Property kept = old.values().get(field.name());
            if (field.stable() && kept != null && !unstable.contains(field.name())) {
                state.put(field.name(), kept);
            } else if (!state.containsKey(field.name())) {
                state.put(field.name(), new Property.Unknown());
            }
        }
        return secrets(news, old, new Fields(state));
    }

    Stored create(Fields news, Run run) throws IOException, InterruptedException {
        I wanted = known(inputs, news);
        try {
            var made = handler.create(wanted, run);
            return new Stored(made.id(), news, state(news, Fields.NONE, made.outputs()));
        } catch (PartialCreate e) {
            throw new HalfMade(new Stored(e.id(), news, state(news, Fields.NONE, e.outputs())), e);
        }
    }

    Stored update(Stored old, Fields news, Run run) throws IOException, InterruptedException {
        var current = new Current<>(known(inputs, old.inputs()), known(outputs, old.state()));
        try {
            O updated = handler.update(old.id(), current, known(inputs, news), run);
            return new Stored(old.id(), news, state(news, old.state(), updated));
        } catch (PartialCreate e) {
            throw new HalfMade(new Stored(e.id(), news, state(news, old.state(), e.outputs())), e);
        }
    }

    /** Empty if the resource is gone. Without old inputs and state this is an import. */
    Optional<Stored> read(Stored old) throws IOException, InterruptedException {
        boolean imported =
                old.inputs().values().isEmpty() && old.state().values().isEmpty() && hasRequired();
        Optional<Current<I, O>> known = imported
                ? Optional.empty()
                : Optional.of(new Current<>(known(inputs, old.inputs()), known(outputs, old.state())));
        return handler.read(old.id(), known).map(current -> {
            Fields live = keepSecrets(old.inputs(), inputs.encode(current.inputs()));
            return new Stored(old.id(), live, state(live, old.state(), current.outputs()));
        });
    }

    void delete(Stored old, Run run) throws IOException, InterruptedException {
        handler.delete(old.id(), new Current<>(known(inputs, old.inputs()), known(outputs, old.state())), run);
    }

    private boolean hasRequired() {
        return inputs.fields().stream().anyMatch(field -> !field.optional())
                || outputs.fields().stream().anyMatch(field -> !field.optional());
    }

    private <R extends Record> R known(RecordCodec<R> codec, Fields fields) throws IOException {
        var decoded = codec.decode(fields);
        if (decoded.value().isPresent()) {
            return decoded.value().get();
        }
        String detail = decoded.problems().isEmpty()
                ? "a value is not known"
                : decoded.problems().stream()
                        .map(problem -> problem.property() + " " + problem.reason())
                        .collect(Collectors.joining("; "));
        throw new IOException("the state of this " + handler.token() + " does not fit this version: " + detail
                + ". Use the version that wrote it, or mend it with pulumi stack export and import");
    }

    private Fields state(Fields news, Fields old, Record values) {
        if (!handler.outputs().isInstance(values)) {
            throw new IllegalStateException(handler.token() + " answered a " + values.getClass());
        }
        var state = new LinkedHashMap<>(news.values());
        state.putAll(outputs.encode(values).values());
        return secrets(news, old, new Fields(state));
    }

    /** An output is secret if it is marked so, was so, repeats a secret input, or may show one. */
    private Fields secrets(Fields news, Fields old, Fields state) {
        boolean all = handler.outputsShowInputs() && news.hasSecret();
        var marked = new LinkedHashMap<String, Property>();
        keepSecrets(old, keepSecrets(news, hideMarked(state, outputs))).values().forEach((name, value) -> {
            boolean shows = all && outputs.field(name).isPresent();
            marked.put(name, shows ? value.hide() : value);
        });
        return new Fields(marked);
    }

    private static Fields hideMarked(Fields fields, RecordCodec<?> codec) {
        var marked = new LinkedHashMap<String, Property>();
        fields.values().forEach((name, value) -> {
            Optional<Shape.Field> field = codec.field(name);
            marked.put(name, field.isPresent() ? hideMarked(field.get(), value) : value);
        });
        return new Fields(marked);
    }

    /** Marks reach into nested records, where a program may have sent a secret in clear. */
    private static Property hideMarked(Shape.Field field, Property value) {
        if (field.secret()) {
            return value.hide();
        }
        if (!(field.shape() instanceof Shape.Structure structure) || !(value instanceof Fields(var values))) {
            return value;
        }
        var marked = new LinkedHashMap<>(values);
        for (Shape.Field each : structure.fields()) {
            marked.computeIfPresent(each.name(), (_, inner) -> hideMarked(each, inner));
        }
        return new Fields(marked);
    }

    private static Fields keepSecrets(Fields old, Fields fields) {
        Map<String, Property> kept = new LinkedHashMap<>();
        fields.values().forEach((name, value) -> {
            Property before = old.values().get(name);
            kept.put(name, before != null && before.hasSecret() ? value.hide() : value);
        });
        return new Fields(kept);
    }
}
