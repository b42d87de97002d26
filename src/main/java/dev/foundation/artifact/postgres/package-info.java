/**
 * All databases and roles of one Postgres server as one psql script, from one snapshot per database (P4), and the reader that proves such a script
 * whole; and back again, into a cluster that is empty. Dumps are made by Postgres's own programs and played by psql; nothing here overwrites what a
 * server holds.
 */
@NullMarked
package dev.foundation.artifact.postgres;

import org.jspecify.annotations.NullMarked;
