package dev.foundation.store.s3;

import dev.foundation.objectstore.S3Engine;

final class S3StoreOnVersityIT extends S3StoreContract {
    S3StoreOnVersityIT() {
        super(S3Engine.VERSITYGW, Made.VERSIONED, S3Settings.usual(true));
    }
}
