/**
 * Bindings of the few {@code aws} types that an off-site bucket needs. The maker's own SDK is 49 MB on the class path of every start; a test
 * holds these against it instead.
 */
@NullMarked
package dev.foundation.stack.binding.aws;

import org.jspecify.annotations.NullMarked;
