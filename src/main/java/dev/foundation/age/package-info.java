/**
 * age: identities and their recipients, sealing and opening as streams on all cores. This room never stores a key and never prints one.
 */
@NullMarked
package dev.foundation.age;

import org.jspecify.annotations.NullMarked;
