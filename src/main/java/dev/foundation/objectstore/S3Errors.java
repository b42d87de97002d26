package dev.foundation.objectstore;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The one place that turns the AWS SDK's and the HTTP client's exceptions into ours, and decides what may pass by itself. */
public final class S3Errors {
    private static final Set<String> PASSING =
            Set.of("ServiceUnavailable", "XMinioServerNotInitialized", "ServerNotInitialized", "RequestTimeout");

    private S3Errors() {}

    /**
     * Ours for the SDK's.
     *
     * @param action what was tried on what, to begin the message with: {@code write a/b to bucket c}
     */
    public static ObjectStoreException of(String action, S3Access access, SdkException e) {
        if (e instanceof S3Exception answer) {
            var details = answer.awsErrorDetails();
            var code = details == null || details.errorCode() == null ? "" : details.errorCode();
            var text = details == null ? null : details.errorMessage();
            return answered(action, access, answer.statusCode(), code, text == null ? "" : text, e);
        }
        return unreachable(action, access, e);
    }

    static ObjectStoreException answered(
            String action, S3Access access, int status, String code, String text, @Nullable Throwable cause) {
        var said = "HTTP " + status + (code.isEmpty() ? "" : " " + code) + (text.isEmpty() ? "" : ": " + text);
        var advice = switch (code) {
            case "InvalidAccessKeyId", "SignatureDoesNotMatch" ->
                "; the access key or secret key is not the one the server was started with";
            case "AccessDenied", "XAdminAccessDenied" -> "; " + access.accessKey() + " has no right to do this";
            case "RequestTimeTooSkewed" -> "; the clocks of this machine and of the server differ: set them right";
            default -> "";
        };
        boolean passes = status == 503 || status == 502 || status == 504 || PASSING.contains(code);
        return new ObjectStoreException(
                action + " at " + access.endpoint() + ": " + said + advice, status, code, passes, cause);
    }

    static ObjectStoreException unreachable(String action, S3Access access, Exception e) {
        Throwable root = e;
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        boolean passes = root instanceof IOException || root instanceof java.net.UnknownHostException;
        var why = root instanceof ConnectException
                ? "nothing listens there; is the S3 container running?"
                : root instanceof HttpTimeoutException ? "no answer in time" : String.valueOf(root.getMessage());
        return new ObjectStoreException(action + " at " + access.endpoint() + ": " + why, 0, "", passes, e);
    }
}
