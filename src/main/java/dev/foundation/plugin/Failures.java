package dev.foundation.plugin;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.concurrent.Callable;
import pulumirpc.Provider.ErrorResourceInitFailed;

/**
 * Answers one call and turns what it throws into what the engine understands. INTERNAL and UNKNOWN make the engine record an operation
 * whose end it does not know, so they are kept for this program's own errors; a handler's failure is FAILED_PRECONDITION.
 */
final class Failures {
    private Failures() {}

    static <T> void answer(StreamObserver<T> out, String what, Callable<T> work) {
        answer(out, what, Redaction.NONE, work);
    }

    static <T> void answer(StreamObserver<T> out, String what, Redaction redaction, Callable<T> work) {
        try {
            T answer = work.call();
            out.onNext(answer);
            out.onCompleted();
        } catch (Exception e) {
            out.onError(translate(what, redaction, e));
        }
    }

    private static StatusRuntimeException translate(String what, Redaction redaction, Exception failure) {
        return switch (failure) {
            case StatusRuntimeException ready -> ready;
            case ResourceService.HalfMade half -> halfMade(redaction, half);
            case IOException io ->
                Status.FAILED_PRECONDITION
                        .withDescription(redaction.clean(String.valueOf(io.getMessage())))
                        .asRuntimeException();
            case InterruptedException _ ->
                Status.CANCELLED
                        .withDescription("cancelled: run the update again to go on")
                        .asRuntimeException();
            default -> internal(what, failure);
        };
    }

    private static StatusRuntimeException halfMade(Redaction redaction, ResourceService.HalfMade half) {
        String message = redaction.clean(String.valueOf(half.getMessage()));
        var details = ErrorResourceInitFailed.newBuilder()
                .setId(half.stored.id())
                .setInputs(Wire.struct(half.stored.inputs()))
                .setProperties(Wire.struct(half.stored.state()))
                .addReasons(message)
                .build();
        return StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                .setCode(Code.UNKNOWN_VALUE)
                .setMessage(message)
                .addDetails(Any.pack(details))
                .build());
    }

    /** Where it happened goes to standard error; its message goes nowhere, since it may hold a value. */
    private static StatusRuntimeException internal(String what, Exception failure) {
        var trace = new StringBuilder("error in " + what + ": ")
                .append(failure.getClass().getName());
        for (StackTraceElement frame : failure.getStackTrace()) {
            trace.append(System.lineSeparator()).append("    at ").append(frame);
        }
        System.err.println(trace);
        return Status.INTERNAL
                .withDescription("error of the provider itself in " + what + ": "
                        + failure.getClass().getSimpleName()
                        + " (where it happened is on the provider's standard error)")
                .asRuntimeException();
    }
}
