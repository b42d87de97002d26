/** What the integration tests share: real servers started from binaries on free loopback ports, and a run that records what it was told. */
@NullMarked
package dev.foundation.testing;

import org.jspecify.annotations.NullMarked;
