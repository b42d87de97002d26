package dev.foundation.verify;

/** How much a finding matters. */
public enum Severity {
    /** Good to know. */
    INFO,
    /** The sealed bytes are there, but a person must look. */
    WARNING,
    /** Something sealed is not there as it was sealed, or nobody can say that it is. */
    ERROR
}
