/**
 * Resource types about Vault: its initialisation ({@code foundation:index:VaultInit}), and those types of the official {@code vault}
 * provider that this project uses, for sites where that provider cannot be had. Tokens, property names and ids are the official ones, so
 * a state moves between both; a property that is not served is refused, never ignored. Nothing here speaks HTTP by itself.
 */
@NullMarked
package dev.foundation.plugin.vault;

import org.jspecify.annotations.NullMarked;
