package dev.foundation.artifact.forgejo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.artifact.PlainSource;
import dev.foundation.artifact.RestoreMark;
import dev.foundation.artifact.tar.TarEntry;
import dev.foundation.artifact.tar.TarParser;
import dev.foundation.artifact.tar.TarReader;
import dev.foundation.docker.DockerCli;
import dev.foundation.event.RunEvent;
import dev.foundation.process.Input;
import dev.foundation.stream.Meter;
import dev.foundation.stream.ZstdReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings {@code forgejo-repos.tar.zst} into a volume that is empty, before Forgejo is started: numeric owners, modes, times, links, extended attributes.
 * The whole archive is read and held against the manifest before the first file is written.
 */
public final class ForgejoRestorer {
    private static final String STEP = "forgejo-repos.tar.zst";
    /** What must be as the manifest says; the rest tells of the run that took it. */
    private static final List<String> FACTS = List.of("files", "folders", "links", "bytes", "repositories");

    private final VolumeTarget target;
    private final Consumer<RunEvent> events;

    /** @param image on this machine, with {@code find} and {@code rm}; best with GNU tar */
    public ForgejoRestorer(DockerCli docker, String volume, String image, Consumer<RunEvent> events) {
        this.target = new VolumeTarget(docker, volume, image);
        this.events = events;
    }

    /** @param entries files, folders and links */
    public record Restored(long entries, long bytes) {}

    /**
     * @param facts the manifest's, of this artifact
     * @param uid whom the volume must belong to, for Forgejo to work with it
     * @throws IOException before anything is changed, if the volume is not empty, the archive is not whole, or belongs to another user
     */
    public Restored restore(RestoreMark mark, PlainSource artifact, JsonNode facts, int uid, int gid)
            throws IOException, InterruptedException {
        String place = "volume " + target.volume();
        var restored = new Restored(
                facts.path("files").asLong()
                        + facts.path("folders").asLong()
                        + facts.path("links").asLong(),
                facts.path("bytes").asLong());
        switch (mark.read(target.mark(), place)) {
            case FINISHED -> {
                events.accept(new RunEvent.Noted(place + " was restored from this point already"));
                return restored;
            }
            case NOTHING -> {
                Optional<String> first = target.first();
                if (first.isPresent()) {
                    throw RestoreMark.occupied(place, first.get());
                }
            }
            case BEGUN -> events.accept(new RunEvent.Noted("removing what a restore that was stopped has left"));
        }
        int mode = check(artifact, facts, uid, gid);
        target.mark(mark.begun());
        target.empty();
        unpack(artifact, facts.path("bytes").asLong(), tar -> target.unpack(tar, uid, gid, mode));
        target.mark(mark.finished());
        return restored;
    }

    /** @return the permission bits of the volume's top */
    int check(PlainSource artifact, JsonNode facts, int uid, int gid) throws IOException, InterruptedException {
        events.accept(new RunEvent.Began("check " + STEP));
        var look = new Look();
        try (InputStream plain = artifact.open();
                InputStream tar = new ZstdReader(unclosed(plain))) {
            TarReader.read(tar, look);
            plain.transferTo(OutputStream.nullOutputStream());
        }
        ObjectNode found = look.index.facts();
        for (String each : FACTS) {
            // As text: a number is an int in the one and a long in the other.
            if (!found.path(each).toString().equals(facts.path(each).toString())) {
                throw new IOException(STEP + " is not what its manifest says, so nothing was restored: its " + each
                        + " differ. Take another point");
            }
        }
        TarEntry top = look.top;
        if (top != null && (top.uid() != uid || top.gid() != gid)) {
            throw new IOException(STEP + " belongs to the user " + top.uid() + ":" + top.gid()
                    + ", and Forgejo's image runs as " + uid + ":" + gid
                    + ", which could not write what is restored: nothing was touched. Use an image whose user is "
                    + top.uid() + ":" + top.gid());
        }
        return top == null ? 0750 : top.mode();
    }

    /** Where the archive goes. */
    interface Sink {
        void take(Input tar) throws IOException, InterruptedException;
    }

    /** @param total bytes of its files */
    void unpack(PlainSource artifact, long total, Sink sink) throws IOException, InterruptedException {
        events.accept(new RunEvent.Began(STEP));
        var failed = new AtomicReference<IOException>();
        var done = new AtomicBoolean();
        try {
            Input tar = program -> {
                try (InputStream plain = opened(artifact);
                        InputStream opened = new Meter(
                                new ZstdReader(unclosed(plain)),
                                Duration.ofSeconds(1),
                                System::nanoTime,
                                (bytes, perSecond, _) ->
                                        events.accept(new RunEvent.Advanced(STEP, bytes, total, perSecond)))) {
                    opened.transferTo(program);
                    plain.transferTo(OutputStream.nullOutputStream());
                    done.set(true);
                } catch (IOException e) {
                    failed.set(e);
                    throw e;
                }
            };
            sink.take(tar);
        } catch (IOException e) {
            IOException cause = failed.get();
            throw cause == null || broken(cause) ? e : cause;
        }
        if (failed.get() != null) {
            throw failed.get();
        }
        if (!done.get()) {
            throw new IOException("unpack " + STEP + ": the program ended before it had read all of it");
        }
    }

    /** The program had ended: what it said is the cause. */
    private static boolean broken(IOException e) {
        return String.valueOf(e.getMessage()).contains("Broken pipe");
    }

    private static InputStream opened(PlainSource artifact) throws IOException {
        try {
            return artifact.open();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while opening " + STEP);
        }
    }

    /** The reader closes its source, whose end still tells whether it was whole. */
    private static InputStream unclosed(InputStream plain) {
        return new FilterInputStream(plain) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return in.read(buffer, offset, length);
            }

            @Override
            public void close() {}
        };
    }

    private static final class Look implements TarParser.Listener {
        private final VolumeIndex index = new VolumeIndex();
        private @Nullable TarEntry top;

        @Override
        public Optional<OutputStream> entry(TarEntry entry) throws IOException {
            if (entry.name().equals("./")) {
                top = entry;
            }
            return index.entry(entry);
        }
    }
}
