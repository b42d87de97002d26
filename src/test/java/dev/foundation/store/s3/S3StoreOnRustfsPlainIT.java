package dev.foundation.store.s3;

import dev.foundation.objectstore.S3Engine;

final class S3StoreOnRustfsPlainIT extends S3StoreContract {
    S3StoreOnRustfsPlainIT() {
        super(S3Engine.RUSTFS, Made.PLAIN, S3Settings.usual(true));
    }
}
