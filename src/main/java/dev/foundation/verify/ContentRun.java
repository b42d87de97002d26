package dev.foundation.verify;

import dev.foundation.age.AgeException;
import dev.foundation.age.AgeKeys;
import dev.foundation.age.AgeOpener;
import dev.foundation.artifact.forgejo.VolumeIndex;
import dev.foundation.artifact.plainfile.PlainFile;
import dev.foundation.artifact.postgres.PostgresScript;
import dev.foundation.artifact.pulumistate.StackExport;
import dev.foundation.artifact.vault.Snapshot;
import dev.foundation.bundle.InventoryLine;
import dev.foundation.bundle.Manifest;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.Seal;
import dev.foundation.bundle.SealedObject;
import dev.foundation.event.RunEvent;
import dev.foundation.stream.Digesting;
import dev.foundation.stream.GunzipReader;
import dev.foundation.stream.Sha256;
import dev.foundation.stream.ZstdReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens one point and reads all of it. */
final class ContentRun {
    private static final int MOST_TEXT = 16 * 1024 * 1024;
    /** What a point has by the contract (R2.3). */
    private static final List<String> WANTED =
            List.of(Names.POSTGRES, Names.FORGEJO, Names.VAULT, Names.PULUMI_STATE, Names.OBJECTS);

    /** Reads an artifact's plain bytes; says what is wrong with them. */
    private interface Reader {
        List<String> read(InputStream plain) throws IOException, InterruptedException;
    }

    private final Seal seal;
    private final String point;
    private final PointBytes bytes;
    private final Findings findings;
    private final Work work;
    private final AgeKeys keys;
    private final List<String> recipients;
    private final Optional<Sample> blobs;

    ContentRun(
            String place,
            Seal seal,
            PointBytes bytes,
            AgeKeys keys,
            List<String> recipients,
            Optional<Sample> blobs,
            Consumer<RunEvent> events) {
        this.work = new Work(events);
        this.keys = keys;
        this.recipients = List.copyOf(recipients);
        this.blobs = blobs;
        this.seal = seal;
        this.point = seal.point().toString();
        this.bytes = bytes;
        this.findings = new Findings(place);
    }

    List<Finding> all() throws InterruptedException {
        if (seal.recipients().stream().noneMatch(recipients::contains)) {
            wrongKey("is sealed to " + String.join(" and ", seal.recipients()));
            return findings.all();
        }
        Manifest manifest = manifest();
        if (manifest == null) {
            return findings.all();
        }
        clear(Names.CONFIGURATION, PlainFile::checkConfiguration);
        clear(Names.VERSIONS, PlainFile::checkVersions);
        BlobSet inventory = inventory();
        for (Manifest.Entry each : manifest.artifacts()) {
            artifact(each, inventory);
        }
        completeness(manifest);
        return findings.all();
    }

    private void wrongKey(String sealedTo) {
        findings.add(
                Severity.ERROR,
                point,
                Names.MANIFEST + Names.AGE,
                "the identity given does not open this point: it " + sealedTo + ", the identity given is that of "
                        + String.join(" and ", recipients)
                        + ". Nothing else was looked at. Take the identity of this generation from"
                        + " Pulumi.foundation.yaml (backupAgeIdentity), or from the kit.");
    }

    private void error(String object, String message) {
        findings.add(Severity.ERROR, point, object, message);
    }

    private @Nullable Manifest manifest() throws InterruptedException {
        String name = Names.MANIFEST + Names.AGE;
        Optional<SealedObject> object = seal.object(name);
        if (object.isEmpty()) {
            error(name, "is not named by the seal: such a point cannot be restored. Take another one.");
            return null;
        }
        List<Manifest> read = new ArrayList<>();
        boolean good = sealed(object.get(), Optional.empty(), plain -> {
            Manifest manifest = Manifest.parse(plain.readNBytes(MOST_TEXT + 1));
            manifest.checkAgainst(seal);
            read.add(manifest);
            return List.of();
        });
        return good ? read.getFirst() : null;
    }

    private void artifact(Manifest.Entry entry, @Nullable BlobSet inventory) throws InterruptedException {
        SealedObject object = seal.object(entry.name() + Names.AGE)
                .orElseThrow(() -> new IllegalStateException("the manifest was held against the seal"));
        var objects = new ObjectsCheck(bytes, keys, blobs, findings, point);
        Reader reader = switch (entry.name()) {
            case Names.POSTGRES -> plain -> postgres(plain, entry);
            case Names.FORGEJO -> plain -> volume(plain, entry);
            case Names.VAULT ->
                plain -> FactsCheck.differences(Snapshot.read(plain).facts(), entry.facts());
            case Names.PULUMI_STATE ->
                plain -> FactsCheck.differences(StackExport.read(plain).facts(), entry.facts());
            case Names.OBJECTS -> plain -> objects.read(plain, inventory);
            default -> plain -> List.of(); // of a kind that this program does not know: only its digests
        };
        if (sealed(object, Optional.of(entry.plain()), reader)) {
            String opened = entry.name().equals(Names.OBJECTS) ? ", " + objects.opened() + " blobs opened" : "";
            findings.add(
                    Severity.INFO,
                    point,
                    object.name(),
                    "was opened, read to its end, and is what the manifest says ("
                            + entry.plain().size() + " bytes" + opened + ").");
        }
    }

    /** @return whether nothing was wrong */
    private boolean sealed(SealedObject object, Optional<Manifest.Measure> expected, Reader reader)
            throws InterruptedException {
        work.begin(findings.place() + ": " + point + " " + object.name(), object.size());
        List<String> faults = new ArrayList<>();
        long most = expected.map(Manifest.Measure::size).orElse(object.size());
        try (var raw = new Digesting(new Watched(bytes.open(object.name()), object.size()));
                var opened = new Watched(AgeOpener.open(raw, keys), most)) {
            var plain = new Digesting(opened);
            read(reader, plain, opened, faults);
            drain(plain);
            drain(raw);
            if (raw.size() != object.size() || !raw.sha256().equals(object.sha256())) {
                faults.addFirst("opens with our key, but is not what was sealed: somebody else put it there."
                        + Advice.WHO + Advice.REPAIR);
            } else if (expected.isPresent() && !expected.get().equals(measure(plain))) {
                faults.addFirst(
                        "is not what the manifest says: " + plain.size() + " bytes before age, the manifest has "
                                + expected.get().size()
                                + " of another digest. The point was made wrongly: take a new one.");
            }
        } catch (AgeException e) {
            if (e.kind() == AgeException.Kind.NO_IDENTITY && expected.isEmpty()) {
                wrongKey("is sealed to others than its seal says");
                return false;
            }
            faults.add("does not open: " + e.getMessage() + "." + Advice.REPAIR);
        } catch (InterruptedIOException e) {
            throw (InterruptedException)
                    new InterruptedException("stopped while reading " + object.name()).initCause(e);
        } catch (IOException e) {
            faults.add("could not be read: " + e.getMessage() + "." + Advice.REPAIR);
        }
        work.end();
        faults.forEach(each -> error(object.name(), each));
        return faults.isEmpty();
    }

    /** Content that its reader cannot take is a finding, however the reader says so: what is read may be anybody's. */
    private void read(Reader reader, InputStream plain, Watched opened, List<String> faults)
            throws IOException, InterruptedException {
        try {
            reader.read(new Unclosed(plain)).forEach(each -> faults.add(each + "."));
        } catch (IOException e) {
            if (opened.failure().isPresent()) {
                throw opened.failure().get();
            }
            faults.add("cannot be read as what it should be: " + e.getMessage() + ".");
        } catch (RuntimeException e) {
            faults.add("cannot be read as what it should be: its reader failed with "
                    + e.getClass().getSimpleName() + ".");
        }
    }

    private static List<String> postgres(InputStream plain, Manifest.Entry entry) throws IOException {
        try (var script = new GunzipReader(plain)) {
            return PostgresScript.read(script).differences(entry.facts());
        }
    }

    private static List<String> volume(InputStream plain, Manifest.Entry entry) throws IOException {
        try (var tar = new ZstdReader(plain)) {
            return FactsCheck.differences(VolumeIndex.read(tar).facts(), entry.facts());
        }
    }

    private static Manifest.Measure measure(Digesting plain) {
        return new Manifest.Measure(plain.size(), plain.sha256());
    }

    private static void drain(InputStream in) throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }

    private interface TextCheck {
        void check(String text) throws IOException;
    }

    private void clear(String name, TextCheck check) throws InterruptedException {
        Optional<SealedObject> object = seal.object(name);
        if (object.isEmpty()) {
            error(name, "is not named by the seal: without it nothing else can be opened on a new machine (K2).");
            return;
        }
        try (InputStream in = bytes.open(name)) {
            byte[] content = in.readNBytes(MOST_TEXT + 1);
            if (!Sha256.of(content).equals(object.get().sha256())) {
                error(name, "is not what was sealed: changed, cut or swapped." + Advice.REPAIR);
                return;
            }
            check.check(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString());
            findings.add(Severity.INFO, point, name, "is what was sealed, and can be read.");
        } catch (CharacterCodingException e) {
            error(name, "is no text in UTF-8. Take a new point.");
        } catch (IOException e) {
            error(name, "could not be read: " + e.getMessage() + "." + Advice.REPAIR);
        }
    }

    /** @return the inventory if it is as sealed */
    private @Nullable BlobSet inventory() throws InterruptedException {
        Optional<SealedObject> object = seal.object(Names.INVENTORY);
        if (object.isEmpty()) {
            return null;
        }
        BlobSet names = new BlobSet();
        try (var walk = new InventoryWalk(bytes.open(Names.INVENTORY), object.get(), seal.blobs())) {
            for (Optional<InventoryLine> line = walk.next(); line.isPresent(); line = walk.next()) {
                names.add(line.get().name());
            }
            walk.finish();
            return names;
        } catch (IOException e) {
            error(Names.INVENTORY, "could not be read: " + e.getMessage() + "." + Advice.REPAIR);
            return null;
        }
    }

    private void completeness(Manifest manifest) {
        for (SealedObject each : seal.objects()) {
            boolean sealed = each.name().endsWith(Names.AGE);
            String artifact = sealed ? each.name().substring(0, each.name().length() - Names.AGE.length()) : "";
            if (sealed
                    && !artifact.equals(Names.MANIFEST)
                    && manifest.artifact(artifact).isEmpty()) {
                error(each.name(), "is sealed, but the manifest says nothing of it.");
            }
        }
        for (String each : WANTED) {
            if (manifest.artifact(each).isEmpty()) {
                findings.add(
                        Severity.WARNING,
                        point,
                        each + Names.AGE,
                        "is not part of this point: a restore from it would lack it.");
            }
        }
    }
}
