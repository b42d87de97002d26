/**
 * Forgejo's data volume as a tar archive: repositories, {@code app.ini}, SSH host keys, never its database. The producer only reads: it takes no
 * lock, runs no hook, and follows no link. The restorer fills a volume that is empty, and no other. References come before objects, repository by repository (P5).
 */
@NullMarked
package dev.foundation.artifact.forgejo;

import org.jspecify.annotations.NullMarked;
