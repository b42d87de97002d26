package dev.foundation.proof;

import java.util.List;

/**
 * What a check looked at and saw.
 *
 * @param subjects how many tables, repositories, objects and so on; none is no proof of anything
 */
record Looked(long subjects, List<ProofFinding> findings) {
    Looked {
        findings = List.copyOf(findings);
    }
}
