/**
 * A folder as a store: a disk beside the volumes, a mount, a removable drive. A file appears whole under a name that was free, and is never
 * written again. Without versions and locks; symbolic links inside are never followed.
 */
@NullMarked
package dev.foundation.store.local;

import org.jspecify.annotations.NullMarked;
