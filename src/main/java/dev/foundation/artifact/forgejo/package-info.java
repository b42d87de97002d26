/**
 * Forgejo's data volume as a tar archive: repositories, {@code app.ini}, SSH host keys, never its database. Read-only: it takes no lock, runs no
 * hook, and follows no link. References come before objects, repository by repository (P5).
 */
@NullMarked
package dev.foundation.artifact.forgejo;

import org.jspecify.annotations.NullMarked;
