package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.cli.UndoRecord.Kept;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UndoFileTest {
    private static final UndoRecord RECORD = new UndoRecord(
            1,
            "20261121T091500Z",
            "foundation",
            "7d3c1c5e-6f0a-4f5e-9b1a-2f9f7a1b2c3d",
            "here",
            "20261121T030000Z",
            "postgres:forgejo",
            "2026-11-21T09:15:00Z",
            UndoRecord.State.BEGUN,
            List.of());

    @TempDir
    Path folder;

    @Test
    void whatWasKeptIsOnTheDiskAtOnceAndForItsOwnerAlone() throws Exception {
        UndoFile undo = UndoFile.begin(folder, RECORD);
        undo.keep("forgejo", "forgejo_before_1");
        undo.list(List.of("one", "two\n"));

        UndoFile read = UndoFile.read(folder, undo.name());
        assertThat(read.record())
                .isEqualTo(RECORD.with(new Kept("forgejo", "forgejo_before_1")))
                .isEqualTo(UndoFile.read(folder, undo.name() + ".json").record())
                .isEqualTo(UndoFile.read(
                                Path.of("/nowhere"),
                                folder.resolve(undo.name() + ".json").toString())
                        .record());
        assertThat(read.list()).containsExactly("one", "two\n");
        for (String each : List.of(".json", ".list")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(undo.beside(each))))
                    .isEqualTo("rw-------");
        }
        undo.now(UndoRecord.State.DONE);
        assertThat(UndoFile.read(folder, undo.name()).record().state()).isEqualTo(UndoRecord.State.DONE);
        assertThatThrownBy(() -> UndoFile.begin(folder, RECORD)).isInstanceOf(Refused.class);
        undo.forget();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatIsNoRecordIsSaid() throws Exception {
        assertThatThrownBy(() -> UndoFile.read(folder, "restore-20261121T091500Z"))
                .hasMessageContaining("there is no restore to undo")
                .hasMessageContaining(folder.toString());
        Files.writeString(folder.resolve("x.json"), "{\"format\":1,\"other\":2}");
        assertThatThrownBy(() -> UndoFile.read(folder, "x")).hasMessageContaining("no record of a restore");
        Files.writeString(folder.resolve("y.json"), "{\"format\":2,\"kept\":[]}");
        assertThatThrownBy(() -> UndoFile.read(folder, "y")).hasMessageContaining("format 2");
    }
}
