package dev.foundation.proof;

import dev.foundation.verify.Severity;

/**
 * One thing that a check saw.
 *
 * @param subject what it is about, such as {@code forgejo/public.user} or {@code forgejo-lfs/ab/cd}; empty for the check as a whole
 * @param message what was seen; no secret
 */
public record ProofFinding(Severity severity, String subject, String message) {
    public ProofFinding {
        if (message.isBlank()) {
            throw new IllegalArgumentException("a finding says what was seen");
        }
    }

    static ProofFinding error(String subject, String message) {
        return new ProofFinding(Severity.ERROR, subject, message);
    }

    static ProofFinding warning(String subject, String message) {
        return new ProofFinding(Severity.WARNING, subject, message);
    }

    static ProofFinding info(String subject, String message) {
        return new ProofFinding(Severity.INFO, subject, message);
    }
}
