package dev.foundation.store.s3;

import dev.foundation.objectstore.S3Engine;

final class S3StoreOnVersityLockingIT extends S3StoreContract {
    S3StoreOnVersityLockingIT() {
        super(S3Engine.VERSITYGW, Made.LOCKING, S3Settings.usual(true));
    }
}
