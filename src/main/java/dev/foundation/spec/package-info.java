/**
 * What a foundation is to be: pure, validated records and nothing else. Parsing turns configuration into a {@code FoundationSpec} or into
 * a list of problems; this room never does input or output.
 */
@NullMarked
package dev.foundation.spec;

import org.jspecify.annotations.NullMarked;
