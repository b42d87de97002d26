/**
 * What a point is made of: one room per kind, the producer beside its reader and its restorer. A producer is pulled and compresses nothing by itself that the
 * contract does not name; it knows no store, no age key and no seal.
 */
@NullMarked
package dev.foundation.artifact;

import org.jspecify.annotations.NullMarked;
