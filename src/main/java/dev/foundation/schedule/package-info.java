/**
 * When a job is due, and that one runs at a time: cron expressions in a time zone, the decision to run or to wait, the lock of S6. Time comes from the
 * caller. This room runs no job and keeps no record of past runs.
 */
@NullMarked
package dev.foundation.schedule;

import org.jspecify.annotations.NullMarked;
