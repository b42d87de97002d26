package dev.foundation.proof;

import java.io.IOException;

/** One question to the restored environment. */
interface Check {
    CheckName name();

    /** Whatever it throws is a finding of this check, of severity ERROR. */
    Looked run() throws IOException, InterruptedException;
}
