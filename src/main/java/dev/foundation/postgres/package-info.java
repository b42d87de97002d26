/**
 * Roles and databases of a Postgres server, as its administrator over JDBC. It sends no password in clear (only SCRAM verifiers), puts no value
 * into a statement without quoting, and never reads a service's rows.
 */
@NullMarked
package dev.foundation.postgres;

import org.jspecify.annotations.NullMarked;
