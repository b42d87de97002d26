package dev.foundation.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foundation.store.ObjectKey;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.ObjectStoreContract;
import dev.foundation.store.StoreException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreTest extends ObjectStoreContract {
    private static final ObjectKey KEY = new ObjectKey("20261121T030000Z/SEAL.json");

    @TempDir
    Path folder;

    @Override
    protected ObjectStore fresh() {
        return new LocalStore("off-site", folder.resolve("store"));
    }

    @Override
    protected void overwrite(ObjectKey key, byte[] bytes) throws IOException {
        Files.write(folder.resolve("store").resolve(key.path()), bytes);
    }

    private Path at(String path) {
        return folder.resolve("store").resolve(path);
    }

    private long unfinished() throws IOException {
        try (Stream<Path> files = Files.list(at(".unfinished"))) {
            return files.filter(file -> !file.endsWith("lock")).count();
        }
    }

    @Test
    void aMissingFolderIsNoEmptyStore() {
        failsAs(Kind.NOT_FOUND, () -> store.list("", each -> {}));
        failsAs(Kind.NOT_FOUND, () -> store.folders());
    }

    @Test
    void linksAreNotFollowedAndForeignFilesAreLeftAlone() throws Exception {
        put(KEY, text("x"));
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "s");
        Files.createSymbolicLink(at("linked"), outside);
        Files.createSymbolicLink(at("20261121T030000Z/linked"), outside.resolve("secret"));
        Files.writeString(at("a name with blanks"), "no key");
        var keys = new java.util.ArrayList<String>();
        store.list("", each -> keys.add(each.key().path()));
        assertThat(keys).containsExactly(KEY.path());
        assertThat(store.folders()).containsExactly("20261121T030000Z");
        failsAs(Kind.OTHER, () -> store.open(new ObjectKey("linked/secret")).close());
        failsAs(Kind.OTHER, () -> put(new ObjectKey("linked/new"), text("x")));
        assertThat(store.find(new ObjectKey("20261121T030000Z/linked"))).isEmpty();
        failsAs(
                Kind.OTHER,
                () -> store.open(new ObjectKey("20261121T030000Z/linked")).close());
        failsAs(Kind.EXISTS, () -> put(new ObjectKey("20261121T030000Z/linked"), text("x")));
        assertThat(outside.resolve("secret")).hasContent("s");
    }

    @Test
    void theFolderOfUnfinishedFilesHoldsNoObjects() throws Exception {
        failsAs(Kind.OTHER, () -> put(new ObjectKey(".unfinished/x"), text("x")));
        put(KEY, text("x"));
        assertThat(unfinished()).isZero();
        try (var upload = store.begin(new ObjectKey("a/b"))) {
            upload.write(text("x"), 0, 1);
            assertThat(unfinished()).isEqualTo(1);
        }
        assertThat(unfinished()).isZero();
    }

    @Test
    void onlyWhatNobodyHasWrittenToForADayIsSwept() throws Exception {
        put(KEY, text("x"));
        var now = Instant.parse("2026-11-21T03:00:00Z");
        Files.setLastModifiedTime(
                Files.writeString(at(".unfinished/old"), "o"), FileTime.from(now.minus(Duration.ofHours(25))));
        Files.setLastModifiedTime(
                Files.writeString(at(".unfinished/young"), "y"), FileTime.from(now.minus(Duration.ofHours(23))));
        assertThat(((LocalStore) store).sweep(now)).isEqualTo(1);
        assertThat(at(".unfinished/young")).exists();
        assertThat(at(".unfinished/old")).doesNotExist();
        assertThat(get(KEY)).isEqualTo(text("x"));
    }

    @Test
    void aFileThatIsCutWhileBeingReadIsDamagedAndNoCleanEnd() throws Exception {
        put(KEY, random(1 << 20));
        try (var in = store.open(KEY)) {
            in.readNBytes(1_000);
            try (var channel = FileChannel.open(at(KEY.path()), StandardOpenOption.WRITE)) {
                channel.truncate(500_000);
            }
            failsAs(Kind.DAMAGED, in::readAllBytes);
        }
    }

    @Test
    void aFullDiskIsToldApart() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        try (var channel = FileChannel.open(full, StandardOpenOption.WRITE)) {
            failsAs(Kind.FULL, () -> {
                try {
                    channel.write(ByteBuffer.wrap(new byte[1]));
                } catch (IOException e) {
                    throw LocalErrors.of("write a/b in off-site", e);
                }
            });
        }
    }

    @Test
    void anObjectInTheWayOfAFolderIsNamed() throws Exception {
        put(new ObjectKey("a"), text("x"));
        failsAs(Kind.OTHER, () -> put(new ObjectKey("a/b"), text("x")));
        put(new ObjectKey("c/d"), text("x"));
        failsAs(Kind.OTHER, () -> put(new ObjectKey("c"), text("x")));
    }

    @Test
    void aPrefixNamesFoldersOfKeysAndNoWayOut() throws Exception {
        put(new ObjectKey("a/b/c"), text("one"));
        put(new ObjectKey("a/b-d"), text("two"));
        put(new ObjectKey("ab/c"), text("three"));
        assertThat(keys("a/b/")).containsExactly("a/b/c");
        assertThat(keys("a/b")).containsExactly("a/b-d", "a/b/c");
        assertThat(keys("a/b/c")).containsExactly("a/b/c");
        for (String each : List.of("a/../a/b/", "./a/", "../", "a/b/c/", "a//b", "/a", "none/a")) {
            assertThat(keys(each)).as(each).isEmpty();
        }
    }
}
