/**
 * Typed bindings of provider packages whose Java SDKs are on no registry that every site can reach. One class a resource type, no logic;
 * tests hold each property against the provider's schema.
 */
@NullMarked
package dev.foundation.stack.binding;

import org.jspecify.annotations.NullMarked;
