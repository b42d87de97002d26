package dev.foundation.objectstore;

final class RustfsAdminIT extends S3AdminContract {
    RustfsAdminIT() {
        super(S3Engine.RUSTFS);
    }
}
