package dev.foundation.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.bundle.BlobName;
import dev.foundation.bundle.BundleKeys;
import dev.foundation.store.StoreException;
import dev.foundation.testing.Faults;
import dev.foundation.testing.MemoryStore;
import org.junit.jupiter.api.Test;

/** Which names of blobs are free, at a price that a first backup can pay. */
final class TakenNamesTest {
    private static final int MANY = 300;

    private final MemoryStore store = new MemoryStore("local");

    private static BlobName name(int number) {
        return new BlobName("%064x".formatted(number));
    }

    /** Every third name is taken. */
    private TakenNames names() {
        for (int number = 0; number < MANY; number += 3) {
            store.overwrite(BundleKeys.blob(name(number)), new byte[] {1});
        }
        store.fail(Faults.none()); // counts anew
        return new TakenNames(store);
    }

    @Test
    void aFewAreAskedForOneByOne() throws Exception {
        TakenNames taken = names();
        assertThat(taken.has(name(0))).isTrue();
        assertThat(taken.has(name(1))).isFalse();
        store.overwrite(BundleKeys.blob(name(1)), new byte[] {1});
        assertThat(taken.has(name(1))).isTrue();
        assertThat(store.calls()).isEqualTo(3);
    }

    @Test
    void manyAreAnsweredByOneListing() throws Exception {
        TakenNames taken = names();
        for (int number = 0; number < MANY; number++) {
            assertThat(taken.has(name(number))).as("name " + number).isEqualTo(number % 3 == 0);
        }
        assertThat(store.calls()).isLessThan(MANY / 3);
    }

    @Test
    void aListingThatFailsIsNoAnswer() throws Exception {
        TakenNames taken = names();
        store.fail(Faults.on("list", new Faults.Fault.Throw(StoreException.Kind.TRANSIENT)));
        assertThatThrownBy(() -> {
                    for (int number = 1; number < MANY; number += 3) {
                        assertThat(taken.has(name(number))).isFalse();
                    }
                })
                .isInstanceOf(StoreException.class);
        store.fail(Faults.none());
        assertThat(taken.has(name(0))).isTrue();
    }
}
