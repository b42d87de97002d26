package dev.foundation.store.local;

import dev.foundation.store.ObjectStore;

/** As on FAT, which has no hard links. */
final class LocalStoreWithoutLinksTest extends LocalStoreTest {
    @Override
    protected ObjectStore fresh() {
        return new LocalStore("off-site", folder.resolve("store"), false);
    }
}
