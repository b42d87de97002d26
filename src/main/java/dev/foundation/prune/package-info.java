/**
 * Removes points that retention no longer keeps, and blobs that no seal of the store lists any more: first a plan, with a reason for everything, then its
 * application. Lengthens locks where a store has them. Needs no key; decides nothing by the wall clock alone; never touches what it does not understand.
 */
@NullMarked
package dev.foundation.prune;

import org.jspecify.annotations.NullMarked;
