/**
 * Where parts come from: the site's probe, tools and plugins in one cache folder, images in the Docker Engine, the engine itself. It makes
 * things ready and says what is missing; it never starts a service of the foundation and never reads a foundation's configuration.
 */
@NullMarked
package dev.foundation.parts;

import org.jspecify.annotations.NullMarked;
