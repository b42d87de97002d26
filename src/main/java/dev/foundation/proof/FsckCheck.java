package dev.foundation.proof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Git finds nothing wrong in any repository: every object is there, whole, and what its name says. */
final class FsckCheck implements Check {
    private static final int SHOWN = 5;
    private final ProofSubject subject;
    private final Scratch.Repositories repositories;

    FsckCheck(ProofSubject subject, Scratch.Repositories repositories) {
        this.subject = subject;
        this.repositories = repositories;
    }

    @Override
    public CheckName name() {
        return CheckName.FORGEJO_FSCK;
    }

    @Override
    public Looked run() throws IOException, InterruptedException {
        List<ProofFinding> findings = new ArrayList<>();
        long looked = 0;
        Map<String, List<String>> found =
                repositories.fsck(subject.repositories().keySet());
        for (String each : subject.repositories().keySet()) {
            List<String> complaints = found.get(each);
            if (complaints == null) {
                findings.add(ProofFinding.error(each, "git did not look at it"));
            } else {
                looked++;
                complaints.stream().limit(SHOWN).forEach(line -> findings.add(ProofFinding.error(each, line)));
            }
        }
        return new Looked(looked, findings);
    }
}
