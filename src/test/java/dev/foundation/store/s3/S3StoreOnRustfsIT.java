package dev.foundation.store.s3;

import dev.foundation.objectstore.S3Engine;

final class S3StoreOnRustfsIT extends S3StoreContract {
    S3StoreOnRustfsIT() {
        super(S3Engine.RUSTFS, Made.VERSIONED, S3Settings.usual(true));
    }
}
