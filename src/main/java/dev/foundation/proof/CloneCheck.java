package dev.foundation.proof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The foundation's own repository can be cloned over the network, and the clone is at the point's commit. */
final class CloneCheck implements Check {
    private final ProofSubject subject;
    private final Scratch.Forge forge;

    CloneCheck(ProofSubject subject, Scratch.Forge forge) {
        this.subject = subject;
        this.forge = forge;
    }

    @Override
    public CheckName name() {
        return CheckName.FORGEJO_CLONE;
    }

    @Override
    public Looked run() throws IOException, InterruptedException {
        List<ProofFinding> findings = new ArrayList<>();
        try (Scratch.Clone clone = forge.copy()) {
            String head = clone.head();
            var expected = HeadsCheck.own(subject.repositories(), forge.repository());
            if (expected == null || !expected.commit().equals(head)) {
                findings.add(ProofFinding.error(
                        forge.repository(),
                        "the clone is at " + head
                                + (expected == null
                                        ? "; the point has no such repository"
                                        : "; the point has " + expected.commit())));
            }
            return new Looked(clone.files(), findings);
        }
    }
}
