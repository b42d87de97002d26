package dev.foundation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.ObjectStoreContract;
import dev.foundation.store.StoreException.Kind;
import org.junit.jupiter.api.Test;

final class MemoryStoreTest extends ObjectStoreContract {
    private static final ObjectKey KEY = new ObjectKey("a/b");

    @Override
    protected ObjectStore fresh() {
        return new MemoryStore("memory");
    }

    @Override
    protected void overwrite(ObjectKey key, byte[] bytes) {
        ((MemoryStore) store).overwrite(key, bytes);
    }

    @Test
    void faultsHappenAtTheCallTheyWereSetFor() throws Exception {
        var memory = (MemoryStore) store;
        put(KEY, text("abc"));
        memory.fail(Faults.atCall(2, new Faults.Fault.Throw(Kind.TRANSIENT)));
        assertThat(memory.find(KEY)).isPresent();
        failsAs(Kind.TRANSIENT, () -> memory.find(KEY));
        assertThat(memory.find(KEY)).isPresent();
        assertThat(memory.calls()).isEqualTo(3);
        memory.fail(Faults.on("open", new Faults.Fault.Corrupt()));
        assertThat(get(KEY)).isNotEqualTo(text("abc")).hasSize(3);
        memory.fail(Faults.of("a/b", new Faults.Fault.Hide()));
        assertThat(memory.find(KEY)).isEmpty();
        memory.fail(Faults.none());
        memory.damage(KEY);
        assertThat(get(KEY)).isNotEqualTo(text("abc"));
        assertThat(memory.copy("other").bytes(KEY)).contains(memory.bytes(KEY).orElseThrow());
    }
}
