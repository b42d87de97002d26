package dev.foundation.proof;

import dev.foundation.artifact.buckets.BlobSource;
import dev.foundation.artifact.buckets.SourceObject;
import dev.foundation.bundle.BlobObject;
import dev.foundation.stream.Digesting;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Known objects of every bucket read back with the bytes that they had. */
final class SamplesCheck implements Check {
    private final ProofSubject subject;
    private final BlobSource buckets;

    SamplesCheck(ProofSubject subject, BlobSource buckets) {
        this.subject = subject;
        this.buckets = buckets;
    }

    @Override
    public CheckName name() {
        return CheckName.S3_SAMPLES;
    }

    @Override
    public Looked run() throws IOException, InterruptedException {
        List<ProofFinding> findings = new ArrayList<>();
        TreeSet<String> without = new TreeSet<>(subject.samples().listed().keySet());
        long looked = 0;
        for (BlobObject each : subject.samples().chosen()) {
            without.remove(each.bucket());
            look(each, findings);
            looked++;
        }
        without.forEach(each -> findings.add(ProofFinding.error(each, "none of its objects was looked at")));
        if (looked == 0
                && without.isEmpty()
                && subject.seal().blobs().count() == 0
                && subject.samples().listed().isEmpty()) {
            return new Looked(1, List.of(ProofFinding.info("", "the point holds no object, and so none was read")));
        }
        return new Looked(looked, findings);
    }

    private void look(BlobObject object, List<ProofFinding> findings) throws InterruptedException {
        String name = object.bucket() + "/" + object.key().text();
        // The newest: the restored server gave it a version of its own.
        var now = new SourceObject(object.bucket(), object.key(), "", "", object.size(), object.modified());
        try (var content = new Digesting(buckets.open(now).stream())) {
            long size = content.transferTo(OutputStream.nullOutputStream());
            if (size != object.size() || !content.sha256().equals(object.sha256())) {
                findings.add(ProofFinding.error(name, "reads back with other bytes than the point's"));
            }
        } catch (IOException e) {
            findings.add(ProofFinding.error(name, "cannot be read back: " + e.getMessage()));
        }
    }
}
