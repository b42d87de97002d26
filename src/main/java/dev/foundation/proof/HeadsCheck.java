package dev.foundation.proof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every repository of the point is there, and stands at the commit that it had; the foundation's own among them, and the server knows it. */
final class HeadsCheck implements Check {
    private static final String HEADS = "refs/heads/";
    private final ProofSubject subject;
    private final Scratch scratch;

    HeadsCheck(ProofSubject subject, Scratch scratch) {
        this.subject = subject;
        this.scratch = scratch;
    }

    @Override
    public CheckName name() {
        return CheckName.FORGEJO_HEAD;
    }

    @Override
    public Looked run() throws IOException, InterruptedException {
        List<ProofFinding> findings = new ArrayList<>();
        Map<String, ProofSubject.Head> expected = subject.repositories();
        Map<String, Scratch.Repositories.Head> found = scratch.repositories().heads(expected.keySet());
        long looked = 0;
        for (Map.Entry<String, ProofSubject.Head> each : expected.entrySet()) {
            Scratch.Repositories.Head now = found.get(each.getKey());
            if (now == null) {
                findings.add(ProofFinding.error(each.getKey(), "is no repository; the point has one there"));
                continue;
            }
            looked++;
            if (!now.commit().equals(each.getValue().commit())
                    || !now.branch().equals(each.getValue().branch())) {
                findings.add(ProofFinding.error(
                        each.getKey(),
                        "stands at " + words(now.branch(), now.commit()) + "; the point has "
                                + words(
                                        each.getValue().branch(),
                                        each.getValue().commit())));
            }
        }
        known(expected, findings);
        return new Looked(looked, findings);
    }

    private void known(Map<String, ProofSubject.Head> expected, List<ProofFinding> findings)
            throws IOException, InterruptedException {
        String name = scratch.forge().repository();
        ProofSubject.Head head = own(expected, name);
        if (head == null) {
            findings.add(
                    ProofFinding.error(name, "is not in the point: the foundation's own repository was not backed up"));
        } else if (!head.branch().startsWith(HEADS) || head.commit().isEmpty()) {
            findings.add(ProofFinding.error(name, "had no commit when the point was taken"));
        } else {
            String branch = head.branch().substring(HEADS.length());
            String served = scratch.forge().branch(branch).orElse("");
            if (!served.equals(head.commit())) {
                findings.add(ProofFinding.error(
                        name,
                        served.isEmpty()
                                ? "the server knows no branch " + branch
                                : "the server has " + branch + " at " + served + "; the point has " + head.commit()));
            }
        }
    }

    /** Forgejo keeps {@code owner/name} as {@code .../owner/name.git}, in small letters. */
    static ProofSubject.@org.jspecify.annotations.Nullable Head own(
            Map<String, ProofSubject.Head> repositories, String fullName) {
        String end = "/" + fullName.toLowerCase(java.util.Locale.ROOT) + ".git";
        return repositories.entrySet().stream()
                .filter(each -> ("/" + each.getKey()).endsWith(end))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static String words(String branch, String commit) {
        return (branch.isEmpty() ? "" : branch + " ") + (commit.isEmpty() ? "without a commit" : commit);
    }
}
