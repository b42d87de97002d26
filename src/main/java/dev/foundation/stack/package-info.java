/**
 * The Pulumi program: one component per service, its children named and parented. It only declares; it reads the spec and the secrets it is
 * given, and never the environment, a file or a server.
 */
@NullMarked
package dev.foundation.stack;

import org.jspecify.annotations.NullMarked;
