package dev.foundation.testing;

import dev.foundation.store.StoreException;
import dev.foundation.store.StoreException.Kind;
import java.util.concurrent.atomic.AtomicInteger;

/** What goes wrong at which call of a {@link MemoryStore}. Asked before each call, from any thread. */
@FunctionalInterface
public interface Faults {
    Fault at(Call call);

    /**
     * One call of the store or of an upload.
     *
     * @param number from 1, in the order of arrival, over all threads
     * @param operation the method's name: {@code begin}, {@code write}, {@code complete}, {@code find}, {@code open}, ...
     * @param key the object's; the prefix for {@code list}; empty where there is none
     */
    record Call(int number, String operation, String key) {}

    sealed interface Fault {
        record None() implements Fault {}

        /** The store answers so, and does nothing. */
        record Throw(Kind kind) implements Fault {
            StoreException exception(Call call) {
                return new StoreException(kind, call.operation() + " " + call.key() + ": made to fail", null);
            }
        }

        /** The whole Java process ends at once: only in a child process of a test. */
        record Halt() implements Fault {}

        /** One byte of what is written or read is another. */
        record Corrupt() implements Fault {}

        /** The answer is as if the object were not there; listings leave it out. */
        record Hide() implements Fault {}

        /** The calling thread waits until it is interrupted. */
        record Hang() implements Fault {}
    }

    Fault NONE = new Fault.None();

    static Faults none() {
        return call -> NONE;
    }

    /** Once, at call {@code number}. */
    static Faults atCall(int number, Fault fault) {
        return call -> call.number() == number ? fault : NONE;
    }

    /** At every call of this operation. */
    static Faults on(String operation, Fault fault) {
        return call -> call.operation().equals(operation) ? fault : NONE;
    }

    /** At the {@code nth} call of this operation, from 1, and at all after it. */
    static Faults from(int nth, String operation, Fault fault) {
        var seen = new AtomicInteger();
        return call -> call.operation().equals(operation) && seen.incrementAndGet() >= nth ? fault : NONE;
    }

    /** At every call about this key. */
    static Faults of(String key, Fault fault) {
        return call -> call.key().equals(key) ? fault : NONE;
    }
}
