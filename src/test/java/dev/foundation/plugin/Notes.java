package dev.foundation.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A toy resource type for tests of the server: a note is a file. The words of its text direct it: "half" fails after the file is made,
 * "slow" waits until it is interrupted, "broken" throws what a handler never
 * should, "chatty" gives the password away.
 */
final class Notes implements ResourceHandler<Notes.Inputs, Notes.Outputs> {
    record Inputs(
            @ReplaceOnChange String name,
            String text,
            @Secret Optional<String> password,
            Optional<Map<String, String>> labels) {}

    record Outputs(@Stable String path, int length, @Secret String token, String text) {}

    private final Path folder;

    Notes(Path folder) {
        this.folder = folder;
    }

    /** The package that serves this type; its setting {@code token} is secret. */
    static ProviderPackage provider(Path folder) {
        return new ProviderPackage(
                "toy",
                "0.1.0",
                List.of(
                        new ProviderPackage.Setting("token", true, Optional.empty()),
                        new ProviderPackage.Setting("colour", false, Optional.of("is not served here"))),
                config -> List.of(new Notes(folder)));
    }

    @Override
    public String token() {
        return "toy:index:Note";
    }

    @Override
    public Class<Inputs> inputs() {
        return Inputs.class;
    }

    @Override
    public Class<Outputs> outputs() {
        return Outputs.class;
    }

    @Override
    public Map<String, String> refusedInputs() {
        return Map.of("ink", "is not served by a toy");
    }

    @Override
    public List<Problem> check(Inputs inputs) {
        return inputs.name().contains("/") ? List.of(new Problem("name", "must be one word, without /")) : List.of();
    }

    @Override
    public Optional<String> drift(String id, Inputs inputs, Outputs state) {
        return Files.exists(folder.resolve(id + ".stale")) ? Optional.of("the note is stale") : Optional.empty();
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        if (inputs.text().contains("broken")) {
            throw new IllegalStateException("holds " + inputs.password().orElse("nothing"));
        }
        if (inputs.text().contains("chatty")) {
            run.warn("wrote " + inputs.password().orElse(""));
            throw new IOException("could not write " + inputs.password().orElse(""));
        }
        Outputs outputs = write(inputs.name(), inputs, run);
        if (inputs.text().contains("half")) {
            throw new PartialCreate(
                    inputs.name(), outputs, "the note was made, but its ink is wet", new IOException("wet"));
        }
        return new Created<>(inputs.name(), outputs);
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException {
        Path file = folder.resolve(id);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String text = Files.readString(file);
        Optional<String> password = known.flatMap(current -> current.inputs().password());
        var labels = known.flatMap(current -> current.inputs().labels());
        return Optional.of(new Current<>(new Inputs(id, text, password, labels), outputs(file, text)));
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run)
            throws IOException, InterruptedException {
        Files.deleteIfExists(folder.resolve(id + ".stale"));
        return write(id, inputs, run);
    }

    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) throws IOException {
        Files.deleteIfExists(folder.resolve(id));
    }

    private Outputs write(String id, Inputs inputs, Run run) throws IOException, InterruptedException {
        run.info("writing " + id);
        Path file = folder.resolve(id);
        Files.writeString(file, inputs.text());
        if (inputs.text().contains("slow")) {
            Files.writeString(folder.resolve(id + ".waiting"), "");
            Thread.sleep(java.time.Duration.ofMinutes(5));
        }
        return outputs(file, inputs.text());
    }

    private static Outputs outputs(Path file, String text) {
        return new Outputs(file.toString(), text.length(), "token-of-" + file.getFileName(), text);
    }
}
