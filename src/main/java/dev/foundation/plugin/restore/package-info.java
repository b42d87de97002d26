/**
 * Resource types of a recovery: each brings one artifact of a staged point into the service that was just made, or mends what the files alone do
 * not bring back. A step that is done stays done: updates never overwrite, reads never say "gone", and deleting a step touches no data. What
 * a restore does is in {@code artifact}; here it is only a resource.
 */
@NullMarked
package dev.foundation.plugin.restore;

import org.jspecify.annotations.NullMarked;
