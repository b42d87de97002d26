package dev.foundation.backup;

import dev.foundation.store.local.LocalStore;
import dev.foundation.testing.CountedStore;
import dev.foundation.testing.PointFixture;
import java.nio.file.Path;
import java.util.List;

/** One run in a process of its own, which ends at once, with nothing tidied up, before call N of its store (T2). */
final class KilledBackup {
    static final int KILLED = 137;
    /** The run came to its end before call N. */
    static final int DONE = 0;

    private KilledBackup() {}

    static Path store(Path folder) {
        return folder.resolve("store");
    }

    static Path saved(Path folder) {
        return folder.resolve("saved");
    }

    /** What every process that stands for this foundation finds in its buckets. */
    static PointFixture fixture(Path folder, CountedStore store) throws Exception {
        var fixture = PointFixture.resumed(saved(folder), folder, List.of(store));
        fixture.buckets().put("media", "a", "one");
        fixture.buckets().put("media", "b", "two");
        return fixture;
    }

    /** @param arguments the folder, and N */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int last = Integer.parseInt(arguments[1]);
        var store = new CountedStore(new LocalStore("local", store(folder)), call -> {
            if (call == last) {
                Runtime.getRuntime().halt(KILLED);
            }
        });
        BackupReport report = fixture(folder, store).run();
        System.out.println(report.verdict() + " " + report.problems() + " after " + store.calls() + " calls");
        Runtime.getRuntime().halt(DONE);
    }
}
