package dev.foundation.objectstore;

final class VersityAdminIT extends S3AdminContract {
    VersityAdminIT() {
        super(S3Engine.VERSITYGW);
    }
}
