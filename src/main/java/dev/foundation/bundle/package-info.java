/**
 * The bundle's format, version 1 (docs/bundle-format.md): names, manifest, inventory, seal and its signature, the chain of seals. Written and read
 * here and nowhere else. This room keeps no key and decides nothing about retention.
 */
@NullMarked
package dev.foundation.bundle;

import org.jspecify.annotations.NullMarked;
