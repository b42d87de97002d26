package dev.foundation.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Known;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What agent, pruner and people tell each other (S7, P2). */
final class LedgerTest {
    private static final BundleId POINT = BundleId.of("20261121T030000Z");

    @TempDir
    private Path folder;

    @Test
    void aHeldPointIsHeldUntilItIsReleasedAndAnotherReaderSeesIt() throws Exception {
        Ledger ledger = new Ledger(folder);
        assertThat(ledger.held()).isEmpty();
        ledger.hold(POINT, true);
        ledger.hold(POINT, true);
        assertThat(new Ledger(folder).held()).containsExactly(POINT);
        ledger.hold(POINT, false);
        assertThat(new Ledger(folder).held()).isEmpty();
    }

    @Test
    void whatWasRemovedBecomesFewRangesByStore() throws Exception {
        Ledger ledger = new Ledger(folder);
        ledger.remove("local", List.of(3L, 1L, 2L, 9L));
        ledger.remove("local", List.of(4L, 8L));
        ledger.remove("folder", List.of(7L));
        assertThat(ledger.removed("local")).containsExactly(new Known.Range(1, 4), new Known.Range(8, 9));
        assertThat(ledger.removed("folder")).containsExactly(new Known.Range(7, 7));
        assertThat(ledger.removed("elsewhere")).isEmpty();
    }

    @Test
    void anAcceptedAndAVerifiedPointAreRemembered() throws Exception {
        Ledger ledger = new Ledger(folder);
        ledger.accept(POINT);
        ledger.verified(POINT, "2026-11-21T06:00:00Z");
        assertThat(new Ledger(folder).accepted()).containsExactly(POINT);
        assertThat(new Ledger(folder).verified()).containsEntry(POINT.toString(), "2026-11-21T06:00:00Z");
    }

    @Test
    void aDamagedFileIsSaidAndNotTakenForAnEmptyOne() throws Exception {
        Files.writeString(folder.resolve("held.json"), "[\"2026");
        Ledger ledger = new Ledger(folder);
        assertThatThrownBy(ledger::held).hasMessageContaining("held.json").hasMessageContaining("damaged");
        assertThatThrownBy(() -> ledger.hold(POINT, true)).hasMessageContaining("held.json");
        assertThat(folder.resolve("held.json")).hasContent("[\"2026");
    }
}
