/** Handlers for Postgres roles and databases. They never look at a service's rows, and drop nothing that holds tables unless told to. */
@NullMarked
package dev.foundation.plugin.postgres;

import org.jspecify.annotations.NullMarked;
