/**
 * The resource provider: one small gRPC server and one {@link dev.foundation.plugin.ResourceHandler} per resource type.
 * A handler only ever sees plain, fully known, typed values; unknowns, secrets, previews and property-wise diffs are the server's work.
 * It never declares resources (that is {@code stack}) and never reads configuration.
 */
@NullMarked
package dev.foundation.plugin;

import org.jspecify.annotations.NullMarked;
