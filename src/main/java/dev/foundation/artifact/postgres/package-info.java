/**
 * All databases and roles of one Postgres server as one psql script, from one snapshot per database (P4), and the reader that proves such a script
 * whole. Dumps are made by Postgres's own programs; this room never writes to a server and never restores.
 */
@NullMarked
package dev.foundation.artifact.postgres;

import org.jspecify.annotations.NullMarked;
