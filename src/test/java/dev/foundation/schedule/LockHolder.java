package dev.foundation.schedule;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** Another process that takes the lock, says so, and keeps it until it is killed. */
final class LockHolder {
    private LockHolder() {}

    public static void main(String[] arguments) throws Exception {
        var locks = RunLocks.in(Path.of(arguments[0]), InstantSource.system());
        try (RunLock lock = locks.acquire("backup", Duration.ofSeconds(5))) {
            System.out.println("held");
            Thread.sleep(Duration.ofMinutes(2));
            System.out.println(lock);
        }
    }
}
