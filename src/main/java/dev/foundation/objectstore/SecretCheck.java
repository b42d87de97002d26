package dev.foundation.objectstore;

import java.util.Set;

/** Asks the server whether a secret is a user's, by a harmless signed request. */
final class SecretCheck {
    private static final Set<String> WRONG = Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch");

    private SecretCheck() {}

    /** A user without any right is refused too, but for another reason. */
    static boolean accepts(S3Access user) throws ObjectStoreException {
        try (var buckets = new S3Buckets(user)) {
            buckets.list();
            return true;
        } catch (ObjectStoreException e) {
            if (WRONG.contains(e.code())) {
                return false;
            }
            if (e.code().equals("AccessDenied")) {
                return true;
            }
            throw e;
        }
    }
}
