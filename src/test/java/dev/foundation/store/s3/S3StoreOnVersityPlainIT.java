package dev.foundation.store.s3;

import dev.foundation.objectstore.S3Engine;

final class S3StoreOnVersityPlainIT extends S3StoreContract {
    S3StoreOnVersityPlainIT() {
        super(S3Engine.VERSITYGW, Made.PLAIN, S3Settings.usual(true));
    }
}
