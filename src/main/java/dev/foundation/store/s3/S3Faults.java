package dev.foundation.store.s3;

import dev.foundation.objectstore.ObjectStoreException;
import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import java.util.Locale;
import java.util.Set;

/** What a server's answer means for a store, and whether trying again may help. */
final class S3Faults {
    private static final Set<String> FULL =
            Set.of("XMinioStorageFull", "StorageFull", "InsufficientStorage", "QuotaExceeded", "NotEnoughSpace");
    private static final Set<String> HARMED_ON_THE_WAY =
            Set.of("BadDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch", "InvalidDigest");
    private static final Set<String> BUSY =
            Set.of("OperationAborted", "ConditionalRequestConflict", "RequestTimeout", "InternalError");

    private S3Faults() {}

    static boolean mayPass(ObjectStoreException e) {
        return kind(e) == Kind.TRANSIENT || HARMED_ON_THE_WAY.contains(e.code());
    }

    /** After the last try. */
    static StoreException of(ObjectStoreException e, int tries) {
        var kind = kind(e);
        var many = tries > 1 ? " (tried " + tries + " times)" : "";
        var advice = kind == Kind.FULL ? "; make room there" : "";
        return new StoreException(kind, e.getMessage() + advice + many, e);
    }

    static Kind kind(ObjectStoreException e) {
        if (FULL.contains(e.code()) || e.status() == 507) {
            return Kind.FULL;
        }
        if (HARMED_ON_THE_WAY.contains(e.code())) {
            return Kind.DAMAGED;
        }
        if (BUSY.contains(e.code()) || slowDown(e)) {
            return Kind.TRANSIENT;
        }
        return switch (e.status()) {
            case 404 -> Kind.NOT_FOUND;
            case 412 -> Kind.EXISTS;
            case 401, 403 -> Kind.DENIED;
            case 429, 500, 502, 503, 504 -> Kind.TRANSIENT;
            default -> e.isTransient() ? Kind.TRANSIENT : Kind.OTHER;
        };
    }

    /** {@code SlowDown}, {@code SlowDownRead}: RustFS's answer for a damaged object, too. */
    static boolean slowDown(ObjectStoreException e) {
        return e.code().toLowerCase(Locale.ROOT).startsWith("slowdown");
    }

    /** The request may have been carried out although it failed: no answer came, or one from something in between. */
    static boolean mayHaveWorked(ObjectStoreException e) {
        return mayPass(e) || e.status() == 412 || e.code().equals("NoSuchUpload");
    }
}
