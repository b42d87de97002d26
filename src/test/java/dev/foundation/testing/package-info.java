/** What several rooms' tests share: where real tools are, and real servers on ports of their own. Nothing here is mocked. */
@NullMarked
package dev.foundation.testing;

import org.jspecify.annotations.NullMarked;
