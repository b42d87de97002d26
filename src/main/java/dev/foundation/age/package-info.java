/**
 * age: identities and their recipients. Sealing and opening will live here too. This room never stores a key and never prints one.
 */
@NullMarked
package dev.foundation.age;

import org.jspecify.annotations.NullMarked;
