/**
 * Who is told: alarms through ntfy, pings to a push monitor, overdue jobs, metrics for Prometheus. What cannot be sent is kept and sent later; nothing
 * here ever fails the job that it speaks of. Addresses of receivers are secrets: only their host is ever shown. This room decides nothing about backups.
 */
@NullMarked
package dev.foundation.alert;

import org.jspecify.annotations.NullMarked;
