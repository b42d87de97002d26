package dev.foundation.store.s3;

import dev.foundation.objectstore.S3Engine;

final class S3StoreOnVersityMd5IT extends S3StoreContract {
    S3StoreOnVersityMd5IT() {
        super(S3Engine.VERSITYGW, Made.VERSIONED, S3Settings.usual(true).with(S3Settings.Integrity.MD5));
    }
}
