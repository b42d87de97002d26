package dev.foundation.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.foundation.stream.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

/** An {@link UndoRecord} on the disk, for its owner alone to read: each change is there before what it tells of happens. */
final class UndoFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PREFIX = "restore-";
    private static final String ENDING = ".json";

    private final Path file;
    private UndoRecord record;

    private UndoFile(Path file, UndoRecord record) {
        this.file = file;
        this.record = record;
    }

    /** @param folder that is for its owner alone. @throws Refused if a restore of the same second is there */
    static UndoFile begin(Path folder, UndoRecord record) throws IOException {
        Path file = folder.resolve(PREFIX + record.stamp() + ENDING);
        if (Files.exists(file)) {
            throw new Refused("a restore of this very second is in " + file + ": try again. Nothing was touched");
        }
        var begun = new UndoFile(file, record);
        begun.write();
        return begun;
    }

    /** @param given a path, or the name that a restore has printed */
    static UndoFile read(Path folder, String given) throws IOException {
        Path file =
                given.contains("/") ? Path.of(given) : folder.resolve(given.endsWith(ENDING) ? given : given + ENDING);
        try {
            UndoRecord record = JSON.readValue(Files.readAllBytes(file), UndoRecord.class);
            if (record.format() != UndoRecord.FORMAT) {
                throw new IOException(file + " has format " + record.format() + ", which is not known here");
            }
            return new UndoFile(file, record);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no restore to undo in " + file + ". What can be undone lies in " + folder
                    + ", as " + PREFIX + "..." + ENDING);
        } catch (JacksonException e) {
            throw new IOException(file + " is no record of a restore");
        }
    }

    UndoRecord record() {
        return record;
    }

    /** As {@code --undo} takes it. */
    String name() {
        return PREFIX + record.stamp();
    }

    /** For what is kept in files of its own. */
    Path beside(String ending) {
        return file.resolveSibling(name() + ending);
    }

    void keep(String live, String kept) throws IOException {
        record = record.with(new UndoRecord.Kept(live, kept));
        write();
    }

    /** It was not overwritten after all. */
    void release(String live) throws IOException {
        record = record.without(live);
        write();
    }

    void now(UndoRecord.State state) throws IOException {
        record = record.in(state);
        write();
    }

    /** A list that may be long, in a file of its own. */
    void list(List<String> lines) throws IOException {
        secure(beside(".list"), JSON.writeValueAsBytes(lines));
    }

    List<String> list() throws IOException {
        Path lines = beside(".list");
        return Files.exists(lines)
                ? Arrays.asList(JSON.readValue(Files.readAllBytes(lines), String[].class))
                : List.of();
    }

    /** Nothing was kept, so there is nothing to undo. */
    void forget() throws IOException {
        Files.deleteIfExists(beside(".list"));
        Files.deleteIfExists(file);
    }

    private void write() throws IOException {
        secure(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(record));
    }

    private static void secure(Path file, byte[] bytes) throws IOException {
        WholeFile.write(file, bytes);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
