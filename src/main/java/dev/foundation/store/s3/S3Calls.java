package dev.foundation.store.s3;

import dev.foundation.objectstore.ObjectStoreException;
import dev.foundation.objectstore.S3Access;
import dev.foundation.objectstore.S3Clients;
import dev.foundation.objectstore.S3Errors;
import dev.foundation.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;

/** The one way to the server: each request can be interrupted, is tried again while that may help, and fails in the store's words. */
final class S3Calls implements AutoCloseable {
    private static final Duration SETTLE = Duration.ofSeconds(5);
    private final S3Access access;
    private final S3Settings settings;
    private final Pause pause;
    private final S3Client client;

    S3Calls(S3Access access, S3Settings settings, Pause pause) {
        this.access = access;
        this.settings = settings;
        this.pause = pause;
        var builder = S3Clients.builder(access, settings.timeout())
                .forcePathStyle(settings.pathStyle())
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()));
        this.client = (settings.integrity() == S3Settings.Integrity.MD5
                        ? builder.addPlugin(LegacyMd5Plugin.create())
                        : builder)
                .build();
    }

    S3Settings settings() {
        return settings;
    }

    /** Looks, after a failure, whether the work is done all the same. */
    @FunctionalInterface
    interface Look<T> {
        Optional<T> after(ObjectStoreException failure) throws StoreException, InterruptedException;
    }

    /** @param action begins every message: {@code read a/b in bucket c of off-site} */
    <T> T call(String action, Function<S3Client, T> work) throws StoreException, InterruptedException {
        return call(action, work, failure -> Optional.empty());
    }

    <T> T call(String action, Function<S3Client, T> work, Look<T> look) throws StoreException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(action, work);
            } catch (ObjectStoreException e) {
                Optional<T> done = look.after(e);
                if (done.isPresent()) {
                    return done.get();
                }
                if (!S3Faults.mayPass(e) || attempt >= settings.tries()) {
                    throw S3Faults.of(e, attempt);
                }
                pause.before(attempt);
            }
        }
    }

    /** One try. The request runs on a virtual thread of its own, since only there an interrupt ends a socket's waiting. */
    <T> T once(String action, Function<S3Client, T> work) throws ObjectStoreException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(); // before anything is sent
        }
        var task = new FutureTask<T>(() -> work.apply(client));
        Thread thread = Thread.ofVirtual().name("S3 request").start(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            thread.interrupt();
            thread.join(SETTLE); // so that nothing of it arrives after what the caller does next
            throw e;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SdkException sdk -> throw S3Errors.of(action, access, sdk);
                case RuntimeException other -> throw other;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    Pause pause() {
        return pause;
    }

    @Override
    public void close() {
        client.close();
    }
}
