package dev.foundation.store.s3;

import dev.foundation.objectstore.S3Engine;

final class S3StoreOnRustfsLockingIT extends S3StoreContract {
    S3StoreOnRustfsLockingIT() {
        super(S3Engine.RUSTFS, Made.LOCKING, S3Settings.usual(true));
    }
}
