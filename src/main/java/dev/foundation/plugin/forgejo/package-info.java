/** Handlers for Forgejo (or Gitea): its admin, organisations, repositories, the push of this project, and the runner's registration. */
@NullMarked
package dev.foundation.plugin.forgejo;

import org.jspecify.annotations.NullMarked;
