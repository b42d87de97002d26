/** Resource types of the backup: the job, whom points are sealed to, what is kept. They write the job's file; nothing here takes or removes a point. */
@NullMarked
package dev.foundation.plugin.backup;

import org.jspecify.annotations.NullMarked;
