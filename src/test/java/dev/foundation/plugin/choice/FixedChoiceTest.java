package dev.foundation.plugin.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.plugin.ResourceHandler.Current;
import dev.foundation.testing.RecordingRun;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FixedChoiceTest {
    private static final FixedChoice.Inputs RUSTFS = new FixedChoice.Inputs("s3.engine", "rustfs");
    private static final FixedChoice.Inputs VERSITYGW = new FixedChoice.Inputs("s3.engine", "versitygw");
    private final FixedChoice handler = new FixedChoice();
    private final RecordingRun run = new RecordingRun();

    @Test
    void theSameChoiceIsNoChange() throws Exception {
        var created = handler.create(RUSTFS, run);
        var known = new Current<>(RUSTFS, created.outputs());

        assertThat(created.id()).isEqualTo("s3.engine");
        assertThat(handler.refusedChange(RUSTFS, RUSTFS)).isEmpty();
        assertThat(handler.read(created.id(), Optional.of(known))).contains(known);
        assertThat(handler.update(created.id(), known, RUSTFS, run)).isEqualTo(created.outputs());
    }

    @Test
    void anotherOneIsRefusedInDiffAndUpdateWithTheWayToMove() {
        assertThat(handler.refusedChange(RUSTFS, VERSITYGW).orElseThrow())
                .contains("foundation:s3.engine is \"versitygw\"")
                .contains("belongs to rustfs")
                .contains("set foundation:s3.engine to rustfs again")
                .contains("second foundation with versitygw")
                .contains("an S3 client");
        assertThatThrownBy(() ->
                        handler.update("s3.engine", new Current<>(RUSTFS, new FixedChoice.Outputs()), VERSITYGW, run))
                .hasMessageContaining("belongs to rustfs");
    }
}
